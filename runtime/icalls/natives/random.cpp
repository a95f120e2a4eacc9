// Random bytes: the host's for cryptography, a generator seeded with them for everything else.
#ifdef _WIN32
#include <random>
#else
#include <unistd.h>
#endif

#include <algorithm>
#include <cstring>

#include "icalls/natives/native_tables.h"

namespace leanclr::icalls {
namespace {

#ifdef _WIN32
bool host_entropy(uint8_t* bytes, size_t count) {
  std::random_device device;
  for (size_t i = 0; i < count; ++i) bytes[i] = static_cast<uint8_t>(device());
  return true;
}
#else
bool host_entropy(uint8_t* bytes, size_t count) {
  constexpr size_t kMost = 256;  // of one call (POSIX.1-2024)
  for (size_t at = 0; at < count; at += kMost)
    if (getentropy(bytes + at, std::min(kMost, count - at)) != 0) return false;
  return true;
}
#endif

/// 0, or -1 when the host has no randomness to give.
int32_t secure_bytes(Thread& thread, uint8_t* bytes, int32_t count) {
  if (count <= 0 || host_entropy(bytes, static_cast<size_t>(count))) return 0;
  return fail(thread, ErrorNumber::IO);
}

/// SplitMix64.
uint64_t next(uint64_t& state) {
  uint64_t mixed = state += 0x9E3779B97F4A7C15;
  mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9;
  mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB;
  return mixed ^ mixed >> 31;
}

void fast_bytes(Thread& thread, uint8_t* bytes, int32_t count) {
  uint64_t& seed = state_of(thread).random_seed;
  if (seed == 0) {
    uint64_t fresh = 0;
    host_entropy(reinterpret_cast<uint8_t*>(&fresh), sizeof fresh);
    seed = fresh | 1;
  }
  for (int32_t at = 0; at < count; at += 8) {
    uint64_t value = next(seed);
    std::memcpy(bytes + at, &value, std::min<size_t>(8, static_cast<size_t>(count - at)));
  }
}

constexpr NativeEntry kRows[] = {
    native<secure_bytes>("SystemNative_GetCryptographicallySecureRandomBytes"),
    native<fast_bytes>("SystemNative_GetNonCryptographicallySecureRandomBytes"),
};

}  // namespace

std::span<const NativeEntry> random_natives() { return kRows; }

}  // namespace leanclr::icalls
