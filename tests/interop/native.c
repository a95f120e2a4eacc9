/* See native.h. */
#include "native.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

int8_t echo_i1(int8_t value) { return value; }
uint8_t echo_u1(uint8_t value) { return value; }
int16_t echo_i2(int16_t value) { return value; }
uint16_t echo_u2(uint16_t value) { return value; }
int32_t echo_i4(int32_t value) { return value; }
uint32_t echo_u4(uint32_t value) { return value; }
int64_t echo_i8(int64_t value) { return value; }
uint64_t echo_u8(uint64_t value) { return value; }
float echo_r4(float value) { return value; }
double echo_r8(double value) { return value; }
void* echo_pointer(void* value) { return value; }
int32_t not4(int32_t flag) { return !flag; }
uint8_t not1(uint8_t flag) { return !flag; }
int16_t not_variant(int16_t flag) { return flag == -1 ? 0 : -1; }
int32_t any_true(void) { return 5; }
char next_letter(char letter) { return (char)(letter + 1); }
wide next_unit(wide unit) { return (wide)(unit + 1); }
double many(int8_t a, int64_t b, float c, double d, uint16_t e, int32_t f, int64_t g, float h) {
  return a + (double)b * 2 + c * 3 + d * 4 + e * 5 + f * 6 + (double)g * 7 + h * 8;
}

int32_t length_utf8(const char* text) { return text ? (int32_t)strlen(text) : -1; }
int32_t length_utf16(const wide* text) {
  int32_t length = 0;
  if (!text) return -1;
  while (text[length]) ++length;
  return length;
}
int32_t bytes_of_bstr(const wide* text) { return text ? ((const int32_t*)text)[-1] : -1; }
int32_t last_utf8(const char* text) { return (uint8_t)text[strlen(text) - 1]; }
void fill_utf8(char* buffer, int32_t size) {
  const char* text = "gr\xc3\xbc\xc3\x9f";
  for (int32_t i = 0; i < size && (i == 0 || buffer[i - 1]); ++i) buffer[i] = text[i];
}
void fill_utf16(wide* buffer, int32_t size) {
  for (int32_t i = 0; i + 1 < size; ++i) buffer[i] = (wide)('a' + i);
  buffer[size - 1] = 0;
}
char* copy_utf8(const char* text) {
  if (!text) return NULL;
  char* copy = malloc(strlen(text) + 1);
  return strcpy(copy, text);
}
wide* copy_utf16(const wide* text) {
  if (!text) return NULL;
  size_t bytes = ((size_t)length_utf16(text) + 1) * sizeof(wide);
  return memcpy(malloc(bytes), text, bytes);
}
void replace_text(char** text) {
  char* longer = malloc(strlen(*text) + 2);
  strcpy(longer, *text);
  strcat(longer, "!");
  free(*text);
  *text = longer;
}
void give_text(char** text) { *text = copy_utf8("given"); }

Point add_points(Point a, Point b) {
  Point sum = {a.x + b.x, a.y + b.y};
  return sum;
}
Mixed twice(Mixed value) {
  value.a *= 2, value.b *= 2, value.c *= 2, value.d *= 2;
  return value;
}
Packed1 twice_packed1(Packed1 value) {
  value.a *= 2, value.b *= 2, value.c *= 2;
  return value;
}
Packed2 twice_packed2(Packed2 value) {
  value.a *= 2, value.b *= 2, value.c *= 2;
  return value;
}
Union as_union(Union value) {
  value.i += 1;
  return value;
}
Nested nest(Nested value) {
  value.at.x += 1, value.mixed.b += value.at.y, value.last += 2;
  return value;
}
Single1 half(Single1 value) {
  value.value /= 2;
  return value;
}
Floats reverse(Floats value) {
  Floats reversed = {value.e, value.d, value.c, value.b, value.a};
  return reversed;
}
Flags flip(Flags value) {
  value.flag = !value.flag, value.small = !value.small, value.is_signed = !value.is_signed;
  value.letter += 1, value.unit += 1;
  return value;
}
void move_point(Point* point, int32_t by) { point->x += by, point->y += by; }
int32_t sum_point(const Point* point) { return point ? point->x + point->y : -1; }
void make_mixed(Mixed* out) {
  out->a = 1, out->b = 2, out->c = 3, out->d = 4.5;
}
void rename_it(Named* named) {
  named->number = (int32_t)strlen(named->name) * 100 + length_utf16(named->title);
  strcpy(named->name, "renamed");
  for (int i = 0; i < 5; ++i) named->title[i] = (wide)('A' + i);
  named->title[5] = 0;
}
void scale(Fixed* fixed) {
  for (int i = 0; i < 4; ++i) fixed->values[i] *= fixed->count;
  for (int i = 0; i < 2; ++i) fixed->points[i].x += i, fixed->points[i].y += fixed->count;
}
int32_t texts_length(Texts texts) { return length_utf8(texts.name) * 100 + length_utf16(texts.title) + texts.number; }

int32_t sum_i4(const int32_t* values, int32_t count) {
  int32_t sum = 0;
  for (int32_t i = 0; i < count; ++i) sum += values[i];
  return values ? sum : -1;
}
void double_i4(int32_t* values, int32_t count) {
  for (int32_t i = 0; i < count; ++i) values[i] *= 2;
}
double sum_r8(const double* values, int32_t count) {
  double sum = 0;
  for (int32_t i = 0; i < count; ++i) sum += values[i];
  return sum;
}
int32_t count_true(const int32_t* flags, int32_t count) {
  int32_t set = 0;
  for (int32_t i = 0; i < count; ++i) set += flags[i] == 1;
  return set;
}
int32_t join_length(const char** texts, int32_t count) {
  int32_t length = 0;
  for (int32_t i = 0; i < count; ++i) length += length_utf8(texts[i]);
  return length;
}
void upper_all(char** texts, int32_t count) {
  for (int32_t i = 0; i < count; ++i)
    for (char* at = texts[i]; *at; ++at)
      if (*at >= 'a' && *at <= 'z') *at -= 32;
}
int32_t sum_points(const Point* points, int32_t count) {
  int32_t sum = 0;
  for (int32_t i = 0; i < count; ++i) sum += points[i].x * points[i].y;
  return sum;
}
int32_t sum_letters(const char* letters, int32_t count) {
  int32_t sum = 0;
  for (int32_t i = 0; i < count; ++i) sum += (uint8_t)letters[i];
  return sum;
}
void give_array(int32_t** values, int32_t* count) {
  *count = 3;
  *values = malloc(3 * sizeof(int32_t));
  for (int32_t i = 0; i < 3; ++i) (*values)[i] = i * 11;
}
int32_t* new_range(int32_t count) {
  int32_t* values = malloc(sizeof(int32_t) * (size_t)count);
  for (int32_t i = 0; i < count; ++i) values[i] = i;
  return values;
}
int32_t sum_flags(const Flags* values, int32_t count) {
  int32_t sum = 0;
  for (int32_t i = 0; i < count; ++i) sum += values[i].flag + values[i].small * 10 + values[i].is_signed * 100 + values[i].letter;
  return sum;
}

void increment(int32_t* value) { *value += 1; }
void toggle(int32_t* flag) { *flag = *flag ? 0 : 7; }
int32_t read_ref(const int32_t* value) { return *value; }
void set_two(int32_t* a, double* b) { *a = 42, *b = 2.5; }

void* open_handle(int32_t number) { return (void*)(intptr_t)(number + 1000); }
int32_t handle_number(void* handle) { return (int32_t)(intptr_t)handle - 1000; }
int32_t close_handle(void* handle) { return handle != NULL; }
void open_out(void** handle, int32_t number) {
  /* As wide as a pointer of the caller: 4 bytes where the runtime is the caller. */
  const int32_t value = number + 1000;
  memcpy(handle, &value, sizeof(value));
}

int32_t fail_with(int32_t error) {
  errno = error;
  return -1;
}
int32_t hresult_of(int32_t value, int32_t* result) {
  *result = value * 2;
  return value < 0 ? (int32_t)0x80070057 : 0;
}
int32_t first_of_guid(const uint8_t* guid) { return guid[0] + guid[15] * 256; }
double echo_date(double date) { return date; }
int64_t echo_currency(int64_t value) { return value + 1; }

int32_t apply(Unary f, int32_t value) { return f(value); }
int32_t apply_twice(Unary f, int32_t value) { return f(f(value)); }
int64_t fold(int64_t (*f)(int64_t, int32_t, double, float, int8_t), int32_t count) {
  int64_t sum = 1;
  for (int32_t i = 0; i < count; ++i) sum = f(sum, i, i * 0.5, (float)i * 0.25f, (int8_t)-i);
  return sum;
}
int32_t walk(int32_t (*visit)(const char* text, const wide* title, int32_t index)) {
  const wide title[] = {0x436, 'b', 0};
  return visit("eins \xc3\xa4", title, 0) + visit(0, 0, 1) * 10;
}
Point map_point(PointMap f, Point point) { return f(point, 3); }
int32_t by_pointer(void (*f)(Point* point, int32_t* number, int32_t* flag)) {
  Point point = {1, 2};
  int32_t number = 10, flag = 0;
  f(&point, &number, &flag);
  return point.x * 1000 + point.y * 100 + number + flag;
}
int32_t with_array(int32_t (*f)(const int32_t* values, int32_t count)) {
  const int32_t values[] = {5, 6, 7};
  return f(values, 3);
}
static Unary kept;
void keep_callback(Unary f) { kept = f; }
int32_t call_kept(int32_t value) { return kept(value); }
int32_t has_callback(Unary f) { return f != NULL; }
int32_t call_bound(Bound bound) { return bound.f ? bound.f(bound.value) : -1; }
static int32_t triple(int32_t value) { return value * 3; }
static int32_t negate(int32_t value) { return -value; }
Unary function_for(int32_t which) { return which == 0 ? triple : which == 1 ? negate : NULL; }
int32_t call_text(char* (*f)(const char*), const char* text) {
  char* result = f(text);
  int32_t length = length_utf8(result);
  free(result);
  return length;
}

Packed4 twice_packed4(Packed4 value) {
  value.a *= 2, value.b *= 2, value.c *= 2, value.d *= 2;
  return value;
}
Packed8 twice_packed8(Packed8 value) {
  value.a *= 2, value.b *= 2, value.c *= 2, value.d *= 2, value.e *= 2;
  return value;
}
uint8_t echo_empty(int32_t before, Empty value, int32_t behind) {
  (void)value;
  return (uint8_t)(before + behind);
}
Wide next_wide(Wide value) {
  value.unit += 1, value.title[0] += 1, value.flag = !value.flag;
  return value;
}
int32_t sum_wides(const Wide* values, int32_t count) {
  int32_t sum = 0;
  for (int32_t i = 0; i < count; ++i) sum += values[i].unit + length_utf16(values[i].title) * 10000 + values[i].flag * 1000000;
  return sum;
}
void flip_rows(Rows* rows) {
  for (int i = 0; i < 2; ++i) rows->flags[i] = flip(rows->flags[i]), rows->small[i] = !rows->small[i];
  for (int i = 0; i < 3; ++i) rows->bools[i] = !rows->bools[i];
}
Decimal negate_decimal(Decimal value) {
  value.flags ^= 0x80000000u;
  return value;
}
void negate_at(Decimal* value) { *value = negate_decimal(*value); }
int32_t sum_decimals(const Decimal* values, int32_t count) {
  int32_t sum = 0;
  for (int32_t i = 0; i < count; ++i) sum += (int32_t)values[i].low + (int32_t)(values[i].flags >> 16) * 1000;
  return sum;
}
Guid next_guid(Guid value) {
  value.bytes[0] += 1, value.bytes[15] += 1;
  return value;
}
void next_guid_at(Guid* value) { *value = next_guid(*value); }
int32_t first_of_guids(const Guid* values, int32_t count) {
  int32_t sum = 0;
  for (int32_t i = 0; i < count; ++i) sum = sum * 256 + values[i].bytes[0];
  return sum;
}
void next_day(double* date) { *date += 1; }
Dates exchange_dates(Dates dates) {
  Dates exchanged = {dates.second, dates.first};
  return exchanged;
}
Sized next_sized(Sized value) {
  value.value += 1;
  return value;
}
void move_point3(Point3* point, int32_t by) { point->x += by, point->y += by, point->z += by; }
void next_letter_at(char* letter) { *letter += 1; }
void next_unit_at(wide* unit) { *unit += 1; }
void toggle1(uint8_t* flag) { *flag = !*flag; }
void next_u1(uint8_t* value) { *value += 1; }
void upper_text(char* text) {
  for (; text && *text; ++text)
    if (*text >= 'a' && *text <= 'z') *text -= 32;
}
void replace_handle(void** handle, int32_t number) {
  if (number >= 0) open_out(handle, number);
}
int32_t is_null(const void* pointer) { return pointer == NULL; }
void negate_all(int32_t* flags, int32_t count) {
  for (int32_t i = 0; i < count; ++i) flags[i] = !flags[i];
}
void rename_all(Named* values, int32_t count) {
  for (int32_t i = 0; i < count; ++i) rename_it(&values[i]);
}

int32_t sum_rows(const int32_t** rows, const int32_t* lengths, int32_t count) {
  int32_t sum = 0;
  for (int32_t i = 0; i < count; ++i)
    if (rows[i]) sum += sum_i4(rows[i], lengths[i]);
  return sum;
}
void double_rows(int32_t** rows, int32_t count, int32_t length) {
  for (int32_t i = 0; i < count; ++i)
    if (rows[i]) double_i4(rows[i], length);
}
int32_t letters_of_rows(const char*** rows, int32_t count, int32_t length) {
  int32_t letters = 0;
  for (int32_t i = 0; i < count; ++i)
    if (rows[i]) letters += join_length(rows[i], length);
  return letters;
}
void replace_point(Point** point) {
  Point* other = new_point(-1, -2);
  if (*point) other->x = (*point)->x + 1, other->y = (*point)->y + 1;
  free(*point);
  *point = other;
}
Point* new_point(int32_t x, int32_t y) {
  Point* point = malloc(sizeof(Point));
  point->x = x, point->y = y;
  return point;
}
void give_texts(char*** texts, int32_t* count) {
  *count = 2;
  *texts = new_texts(2);
}
char** new_texts(int32_t count) {
  char** texts = malloc(sizeof(char*) * (size_t)count);
  for (int32_t i = 0; i < count; ++i) {
    texts[i] = copy_utf8("a text");
    texts[i][0] = (char)('a' + i);
  }
  return texts;
}
int32_t call_all(const Unary* functions, int32_t count, int32_t value) {
  for (int32_t i = 0; i < count; ++i)
    if (functions[i]) value = functions[i](value);
  return value;
}
Bound bound_to(int32_t which) {
  Bound bound = {function_for(which), which + 10};
  return bound;
}
Pointed move_pointer(Pointed value) {
  value.pointer = (char*)value.pointer + value.number;
  return value;
}
int32_t count_pointers(void* const* pointers, int32_t count) {
  int32_t set = 0;
  for (int32_t i = 0; i < count; ++i) set += pointers[i] != NULL;
  return set;
}
Mixed map_mixed(Mixed (*f)(Mixed value, Point point), Mixed value) {
  const Point point = {3, 4};
  return f(value, point);
}
void replace_wide(wide** text) {
  wide* copy = copy_utf16(*text);
  free(*text);
  if (copy) copy[0] += 1;
  *text = copy;
}
void map_texts(void (*f)(Texts* texts), Texts* texts) { f(texts); }
int32_t ask_named(int32_t (*f)(Named* named)) {
  Named named = {7, "seven", {'a', 'b', 0}};
  const int32_t result = f(&named);
  return result * 1000 + named.number + (int32_t)strlen(named.name);
}
