// A side module: emcc -sSIDE_MODULE=2 -fPIC. Data, function pointers in data, constructors, libc.
#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EXPORT __attribute__((used, visibility("default")))

typedef int (*compare)(const void*, const void*);

static int counter = 40;
static int zeroed[64];
int numbers[] = {5, 3, 4};
int* second_number = numbers + 1;

static int by_value(const void* a, const void* b) { return *(const int*)a - *(const int*)b; }
compare current = by_value;
void (*release)(void*) = free;

__attribute__((constructor)) static void count_the_constructor(void) {
  for (int i = 0; i < 64; ++i) counter += zeroed[i];
  ++counter;
}

EXPORT int add(int a, int b) { return a + b; }
EXPORT int64_t wide(int64_t a, float b, double c) { return a + (int64_t)(b * c); }
EXPORT double sum_of(int count, ...) { // triples: int, long long, double
  double sum = 0;
  va_list rest;
  va_start(rest, count);
  while (count-- > 0) {
    sum += va_arg(rest, int);
    sum += (double)va_arg(rest, int64_t);
    sum += va_arg(rest, double);
  }
  va_end(rest);
  return sum;
}
EXPORT int count(void) { return ++counter; }
EXPORT int second(void) { return *second_number; }
EXPORT void sort(int* values, int n, compare f) { qsort(values, n, sizeof(int), f ? f : current); }
EXPORT int apply(int (*f)(int), int value) { return f(value); }
EXPORT double apply_all(double (*f)(int8_t, uint16_t, int64_t, float, double)) { return f(-1, 65535, (int64_t)1 << 40, 0.5f, 0.25); }
EXPORT char* duplicate(const char* text) {
  char* first = malloc(strlen(text) + 1);
  strcpy(first, text);
  char* second = strdup(first);
  release(first);
  return second;
}
EXPORT int length(const char* text) { return (int)strlen(text); }
EXPORT double power(double a, double b) { return pow(a, b); }
EXPORT compare get_compare(void) { return by_value; }
EXPORT uint8_t small(int value) { return (uint8_t)value; }
EXPORT int8_t small_signed(int value) { return (int8_t)value; }
EXPORT int is_even(int value) { return value % 2 == 0 ? 6 : 0; }
EXPORT void say(const char* name, int number) {
  char text[64];
  snprintf(text, sizeof(text), "%-6s|%5d|%05.1f|%x|%lld", name, number, number / 8.0, number, (long long)number << 33);
  puts(text);
}
typedef struct { int x, y; } Point;
typedef struct { int8_t small; double large; Point where; } Mixed;
typedef struct { float only; } Single;
EXPORT Point mirror(Point p) { return (Point){p.y, p.x}; }
EXPORT Mixed grow(Mixed m, int by) {
  m.small += by;
  m.large *= by;
  m.where.x += by;
  return m;
}
typedef struct { int items[8]; } Eight;
EXPORT Eight reversed(Eight given) {
  Eight result;
  for (int i = 0; i < 8; ++i) result.items[i] = given.items[7 - i];
  return result;
}
EXPORT Eight apply_to_struct(Eight (*f)(Eight, Single, int), Eight given) { return f(given, (Single){0.5f}, 3); }
EXPORT float apply_single(Single (*f)(Single)) { return f((Single){1.5f}).only; }
typedef Eight (*Reverser)(Eight);
EXPORT Reverser get_reverser(void) { return reversed; }
typedef Single (*Halver)(Single);
EXPORT Single half(Single s);
EXPORT Halver get_halver(void) { return half; }
EXPORT Single half(Single s) { return (Single){s.only / 2}; }
EXPORT void move(Point* p, int by) { p->x += by; }
EXPORT int sum(const int* values, int n) {
  int total = 0;
  for (int i = 0; i < n; ++i) total += values[i];
  return total;
}
EXPORT void fill(int* values, int n) {
  for (int i = 0; i < n; ++i) values[i] = i * i;
}
EXPORT int twenty(int a, double b, int c, double d, int e, double f, int g, double h, int i, double j, int k, double l, int m,
                  double n, int o, double p, int q, double r, float s, int64_t t) {
  return (int)(2 * (a + b + c + d + e + f + g + h + i + j + k + l + m + n + o + p + q + r + s + (double)t));
}
