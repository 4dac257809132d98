import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it, vi } from 'vitest';
import { needsOnnxruntime, runOnnx } from '../src/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'nt-onnx-tests-'));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());

it('without Python the reason is written down, or is an error where all is required', () => {
  const leftOut = join(folder, 'left-out');
  vi.stubEnv('NT_PYTHON', join(folder, 'no-python'));
  vi.stubEnv('NT_LEFT_OUT', leftOut);
  vi.stubEnv('NT_REQUIRE_ALL', '');
  expect(needsOnnxruntime('nhits')).toBe(false);
  expect(readFileSync(leftOut, 'utf8')).toMatch(/^nhits: onnxruntime is missing .*pip install onnx==/);
  vi.stubEnv('NT_REQUIRE_ALL', '1');
  expect(() => needsOnnxruntime('nhits')).toThrow(/onnxruntime is missing/);
});

it.skipIf(!needsOnnxruntime('onnx-tests'))('a file that is none is an error', () => {
  writeFileSync(join(folder, 'wrong.onnx'), 'no model');
  writeFileSync(join(folder, 'wrong.json'), '{}');
  expect(() => runOnnx(folder)).toThrow(/wrong\.onnx|Error/);
});
