import { afterEach, expect, it, vi } from 'vitest';
import { breathing } from '../src/run/breathing.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

/** A page whose frames are counted. */
function stubPage(visibilityState: string): { frames: number } {
  const counted = { frames: 0 };
  vi.stubGlobal('document', { visibilityState });
  vi.stubGlobal('requestAnimationFrame', (painted: () => void) => {
    counted.frames++;
    setTimeout(painted, 0);
    return 1;
  });
  return counted;
}

it('lets a page draw a frame each time, unless it is hidden or nobody wants it', async () => {
  const visible = stubPage('visible');
  const breathe = breathing(0);
  await breathe();
  await breathe();
  expect(visible.frames).toBe(2);
  await breathing('never')();
  expect(visible.frames).toBe(2);
  const hidden = stubPage('hidden');
  await breathing(0)();
  expect(hidden.frames).toBe(0);
});

it('goes on when no frame comes', async () => {
  vi.stubGlobal('document', { visibilityState: 'visible' });
  vi.stubGlobal('requestAnimationFrame', () => 1);
  await breathing(0)();
});
