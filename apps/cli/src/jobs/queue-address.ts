/** An address as it may be written down: without a password, which NT_QUEUE_PASSWORD then tells. */
export function withoutPassword(address: string): string {
  if (!/^[a-z]+:\/\//i.test(address) || !URL.canParse(address)) return address;
  const url = new URL(address);
  url.password = '';
  return url.href;
}
