import { appendFileSync, existsSync, readdirSync } from 'node:fs';
import { arch as machine } from 'node:os';

/** The browser to test in; `NT_CHROMIUM` names another. */
export const chromium: string = process.env['NT_CHROMIUM'] ?? '/usr/bin/chromium';

/** The software Vulkan driver that Dawn runs on in Node: chromium's SwiftShader, unless the environment names one. */
export const vulkanDriver: string = process.env['VK_DRIVER_FILES'] ?? '/usr/lib/chromium/vk_swiftshader_icd.json';

/** Mesa's software driver, whose shaders have float16; nothing where it is not installed. */
export const lavapipe: string | undefined = [
  `lvp_icd.${machine() === 'arm64' ? 'aarch64' : 'x86_64'}.json`,
  'lvp_icd.json',
]
  .map((name) => `/usr/share/vulkan/icd.d/${name}`)
  .find((file) => existsSync(file));

const parts = {
  chromium: {
    isThere: (): boolean => existsSync(chromium),
    reason: `no browser at ${chromium}: apt-get install chromium, or set NT_CHROMIUM`,
  },
  lavapipe: {
    isThere: (): boolean => lavapipe !== undefined && existsSync('/usr/include/vulkan/vk_layer.h') && hasVulkanLoader(),
    reason: 'no lavapipe, or no headers of Vulkan: apt-get install mesa-vulkan-drivers libvulkan-dev',
  },
  vulkan: {
    isThere: (): boolean => existsSync(vulkanDriver) && hasVulkanLoader(),
    reason: `no Vulkan for WebGPU in Node (${vulkanDriver} and libvulkan.so.1): apt-get install chromium libvulkan1`,
  },
};

/**
 * Whether a part of the system is there to test with. When it is not, its tests are left out openly: the reason is
 * appended to the file named by `NT_LEFT_OUT`, and with `NT_REQUIRE_ALL=1` it is an error instead.
 */
export function needs(what: keyof typeof parts): boolean {
  const { isThere, reason } = parts[what];
  if (isThere()) return true;
  const line = `backend-webgpu/${what} — ${reason}`;
  if (process.env['NT_REQUIRE_ALL'] === '1') throw new Error(line);
  if (process.env['NT_LEFT_OUT']) appendFileSync(process.env['NT_LEFT_OUT'], `${line}\n`);
  return false;
}

function hasVulkanLoader(): boolean {
  const folders = existsSync('/usr/lib') ? readdirSync('/usr/lib').map((name) => `/usr/lib/${name}`) : [];
  return [...folders, '/usr/lib', '/usr/lib64'].some((folder) => existsSync(`${folder}/libvulkan.so.1`));
}
