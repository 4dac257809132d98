import { type Channel, channel } from 'node:diagnostics_channel';
import type { CallMessage } from './call-messages.ts';

/** Where a call says what only an agent hears; in a terminal nobody listens. */
export const callChannel: Channel = channel('nt.call');

/** Whether this process does what an agent has asked for. */
export const isCall = (): boolean => callChannel.hasSubscribers;

/** Tells the server of the agent; nothing where there is none. */
export const tellCall = (message: CallMessage): void => callChannel.publish(message);
