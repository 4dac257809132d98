import type { Verbs } from '../verbs.ts';
import type { AllowedFolders } from './allowed-folders.ts';
import { Journal } from './journal.ts';
import { outputSchema } from './output-schema.ts';
import { ownTools } from './own-tools.ts';
import { PlacesInUse } from './places-in-use.ts';
import type { Tool } from './tool.ts';
import { toolCommand } from './tool-command.ts';
import { verbTools } from './tools.ts';
import { verbCall } from './verb-call.ts';

/** Everything that agents are offered, by name. */
export async function makeTools(folders: AllowedFolders, verbs: Verbs): Promise<ReadonlyMap<string, Tool>> {
  const journal = new Journal();
  const house = { folders, journal, verbs, places: new PlacesInUse() };
  const tools = new Map<string, Tool>();
  for (const [name, verbTool] of Object.entries(verbTools)) {
    const { title, description, writes, verb } = verbTool;
    const called = await toolCommand(verbTool, verbs);
    tools.set(name, {
      ...{ title, description, writes, inputSchema: called.inputSchema, outputSchema: outputSchema(verb) },
      run: (given, request) => verbCall(house, name, called, given, request),
    });
  }
  for (const [name, tool] of Object.entries(ownTools(journal))) tools.set(name, tool);
  return tools;
}
