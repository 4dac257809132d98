const rule = /^[\s|+:=─═┼╪╬├┤╞╡╠╣┌┐┬╔╗╦-]*$/;
const protocol = /^(?:\\.|[^\s,#=;|"\\])+(?:,(?:\\.|[^\s,=\\])+=(?:\\.|[^\s,\\])+)* [^\s,=]+=\S/;

/**
 * Text that is no CSV though it comes under such names: a table drawn with lines, as terminals and Markdown show it, or the
 * line protocol of InfluxDB, or records one below another. Seen in the first lines.
 */
export function otherForm(head: Uint8Array): 'drawn' | 'lines' | 'records' | undefined {
  const lines = new TextDecoder().decode(head.subarray(0, 4096)).split('\n', 9);
  if (/^\s*(-\[ RECORD 1 \]|\*{3,} 1\. row \*{3})/.test(lines.join('\n'))) return 'records';
  const isRule = (line: string) => rule.test(line) && /[-=─═]{2}/.test(line) && /[|+┼╪╬┬╦]/.test(line);
  if (lines.slice(0, 5).some(isRule)) return 'drawn';
  const data = lines.filter((line) => line.trim() !== '' && !line.startsWith('#')).slice(0, 3);
  return data.length > 0 && data.every((line) => protocol.test(line)) ? 'lines' : undefined;
}
