import type { Plugin } from 'vite';

/** Nothing from elsewhere, no scripts in the page; WebAssembly and, for its threads, workers made of texts. */
const policy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self' blob:",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const isolation = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

interface Security {
  readonly headers: { readonly isolation: Record<string, string>; readonly policy: Record<string, string> };
  readonly securityMeta: Plugin;
}

/** The headers that the page wants, and the part of them that a built page brings along where a host sends none. */
export function security(): Security {
  return {
    headers: { isolation, policy: { 'Content-Security-Policy': policy } },
    securityMeta: {
      name: 'security-meta',
      apply: 'build',
      transformIndexHtml: () => [
        { tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: policy }, injectTo: 'head-prepend' },
      ],
    },
  };
}
