// A stand-alone module: emcc --no-entry -sSTANDALONE_WASM. It has a memory of its own.
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define EXPORT __attribute__((used, visibility("default")))

EXPORT int add(int a, int b) { return a + b; }
EXPORT int64_t wide(int64_t a, float b, double c) { return a + (int64_t)(b * c); }
EXPORT uint32_t all_ones(void) { return UINT32_MAX; }
EXPORT int is_even(int value) { return value % 2 == 0; }
EXPORT int length(const char* text) { return text ? (int)strlen(text) : -1; }
EXPORT const char* greeting(int n) { return n ? "Grüße" : 0; }
EXPORT int sum(const int* values, int n) {
  int total = 0;
  for (int i = 0; i < n; ++i) total += values[i];
  return total;
}
EXPORT void twice(int* values, int n) {
  for (int i = 0; i < n; ++i) values[i] *= 2;
}
EXPORT void swap(int* a, int* b) {
  int held = *a;
  *a = *b;
  *b = held;
}
EXPORT int* make(int value) {
  int* made = malloc(sizeof(int));
  *made = value;
  return made;
}
EXPORT int look(const int* made) { return *made; }
EXPORT int trap(void) { __builtin_trap(); }
