// A Vulkan layer for tests on Mesa's lavapipe, the software adapter whose shaders have float16. Dawn refuses that of Mesa
// 22 (Debian 12) for want of four features that no shader here uses. The layer says that they are there, and leaves them
// out again when a device is made.
#include <string.h>
#include <vulkan/vk_layer.h>

static PFN_vkGetInstanceProcAddr next_instance;
static PFN_vkGetDeviceProcAddr next_device;
static PFN_vkGetPhysicalDeviceFeatures next_features;
static PFN_vkGetPhysicalDeviceFeatures2 next_features2;
static PFN_vkCreateDevice next_create_device;

static void claim(VkPhysicalDeviceFeatures *features, VkBool32 value) {
  features->shaderUniformBufferArrayDynamicIndexing = value;
  features->shaderSampledImageArrayDynamicIndexing = value;
  features->shaderStorageBufferArrayDynamicIndexing = value;
  features->shaderStorageImageArrayDynamicIndexing = value;
}

static VKAPI_ATTR void VKAPI_CALL get_features(VkPhysicalDevice device, VkPhysicalDeviceFeatures *features) {
  next_features(device, features);
  claim(features, VK_TRUE);
}

static VKAPI_ATTR void VKAPI_CALL get_features2(VkPhysicalDevice device, VkPhysicalDeviceFeatures2 *features) {
  next_features2(device, features);
  claim(&features->features, VK_TRUE);
}

// What the loader hands on to a layer: the functions of the next one, in a list among other structures.
#define LINK_OF(type, start, kind)                                                         \
  type *link = (type *)(start);                                                            \
  while (link && !(link->sType == (kind) && link->function == VK_LAYER_LINK_INFO))         \
    link = (type *)link->pNext;                                                            \
  if (!link) return VK_ERROR_INITIALIZATION_FAILED;

static VKAPI_ATTR VkResult VKAPI_CALL create_instance(
    const VkInstanceCreateInfo *info, const VkAllocationCallbacks *allocator, VkInstance *instance) {
  LINK_OF(VkLayerInstanceCreateInfo, info->pNext, VK_STRUCTURE_TYPE_LOADER_INSTANCE_CREATE_INFO)
  next_instance = link->u.pLayerInfo->pfnNextGetInstanceProcAddr;
  link->u.pLayerInfo = link->u.pLayerInfo->pNext;
  VkResult result = ((PFN_vkCreateInstance)next_instance(NULL, "vkCreateInstance"))(info, allocator, instance);
  if (result != VK_SUCCESS) return result;
  next_features = (PFN_vkGetPhysicalDeviceFeatures)next_instance(*instance, "vkGetPhysicalDeviceFeatures");
  next_features2 = (PFN_vkGetPhysicalDeviceFeatures2)next_instance(*instance, "vkGetPhysicalDeviceFeatures2");
  next_create_device = (PFN_vkCreateDevice)next_instance(*instance, "vkCreateDevice");
  return result;
}

static VKAPI_ATTR VkResult VKAPI_CALL create_device(
    VkPhysicalDevice physical, const VkDeviceCreateInfo *given, const VkAllocationCallbacks *allocator, VkDevice *device) {
  LINK_OF(VkLayerDeviceCreateInfo, given->pNext, VK_STRUCTURE_TYPE_LOADER_DEVICE_CREATE_INFO)
  next_device = link->u.pLayerInfo->pfnNextGetDeviceProcAddr;
  link->u.pLayerInfo = link->u.pLayerInfo->pNext;
  VkDeviceCreateInfo info = *given;
  VkPhysicalDeviceFeatures features;
  if (info.pEnabledFeatures) {
    features = *info.pEnabledFeatures;
    claim(&features, VK_FALSE);
    info.pEnabledFeatures = &features;
  }
  for (VkBaseOutStructure *one = (VkBaseOutStructure *)info.pNext; one; one = one->pNext)
    if (one->sType == VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_FEATURES_2)
      claim(&((VkPhysicalDeviceFeatures2 *)one)->features, VK_FALSE);
  return next_create_device(physical, &info, allocator, device);
}

VKAPI_ATTR PFN_vkVoidFunction VKAPI_CALL vkGetDeviceProcAddr(VkDevice device, const char *name) {
  return next_device(device, name);
}

VKAPI_ATTR PFN_vkVoidFunction VKAPI_CALL vkGetInstanceProcAddr(VkInstance instance, const char *name) {
  if (!strcmp(name, "vkGetInstanceProcAddr")) return (PFN_vkVoidFunction)vkGetInstanceProcAddr;
  if (!strcmp(name, "vkGetDeviceProcAddr")) return (PFN_vkVoidFunction)vkGetDeviceProcAddr;
  if (!strcmp(name, "vkCreateInstance")) return (PFN_vkVoidFunction)create_instance;
  if (!strcmp(name, "vkCreateDevice")) return (PFN_vkVoidFunction)create_device;
  if (!strcmp(name, "vkGetPhysicalDeviceFeatures")) return (PFN_vkVoidFunction)get_features;
  if (!strncmp(name, "vkGetPhysicalDeviceFeatures2", 28)) return (PFN_vkVoidFunction)get_features2;
  return next_instance ? next_instance(instance, name) : NULL;
}
