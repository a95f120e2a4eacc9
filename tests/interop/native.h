/* The C library that tests/interop calls: one small function per kind of signature. It is compiled three times from the
   same source: as a shared library for dotnet, into a test program with the runtime, and into a wasm module with it. */
#ifndef LEANCLR_TESTS_INTEROP_NATIVE_H
#define LEANCLR_TESTS_INTEROP_NATIVE_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef uint16_t wide; /* a UTF-16 unit */

typedef struct { int32_t x, y; } Point;
typedef struct { int8_t a; int64_t b; int16_t c; double d; } Mixed;
#pragma pack(push, 1)
typedef struct { int8_t a; int32_t b; int64_t c; } Packed1;
#pragma pack(pop)
#pragma pack(push, 2)
typedef struct { int8_t a; int32_t b; double c; } Packed2;
#pragma pack(pop)
typedef union { int32_t i; float f; uint8_t bytes[4]; } Union;
typedef struct { Point at; Mixed mixed; uint8_t last; } Nested;
typedef struct { double value; } Single1;
typedef struct { int32_t flag; uint8_t small; int8_t is_signed; char letter; wide unit; } Flags;
typedef struct { int32_t number; char name[8]; wide title[6]; } Named;
typedef struct { int32_t count; int32_t values[4]; Point points[2]; } Fixed;
typedef struct { const char* name; const wide* title; int32_t number; } Texts;
typedef struct { float a, b, c, d, e; } Floats;
#pragma pack(push, 4)
typedef struct { int8_t a; double b; int16_t c; int64_t d; } Packed4;
#pragma pack(pop)
typedef struct { int8_t a; double b; int16_t c; int64_t d; int8_t e; } Packed8; /* #pragma pack(8) changes nothing */
typedef struct { uint8_t none; } Empty; /* as large as C# makes a struct without fields */
typedef struct { wide unit; wide title[4]; int32_t flag; } Wide;
typedef struct { Flags flags[2]; int32_t bools[3]; uint8_t small[2]; } Rows;
typedef struct { uint32_t flags, high; uint64_t low; } Decimal;
typedef struct { uint8_t bytes[16]; } Guid;
typedef struct { double first, second; } Dates;
typedef struct { int32_t value; int32_t spare[3]; } Sized;
typedef struct { int32_t x, y, z; } Point3;
typedef struct { void* pointer; int32_t number; } Pointed;

int8_t echo_i1(int8_t value);
uint8_t echo_u1(uint8_t value);
int16_t echo_i2(int16_t value);
uint16_t echo_u2(uint16_t value);
int32_t echo_i4(int32_t value);
uint32_t echo_u4(uint32_t value);
int64_t echo_i8(int64_t value);
uint64_t echo_u8(uint64_t value);
float echo_r4(float value);
double echo_r8(double value);
void* echo_pointer(void* value);
int32_t not4(int32_t flag);
uint8_t not1(uint8_t flag);
int16_t not_variant(int16_t flag);
int32_t any_true(void);
char next_letter(char letter);
wide next_unit(wide unit);
double many(int8_t a, int64_t b, float c, double d, uint16_t e, int32_t f, int64_t g, float h);

int32_t length_utf8(const char* text);
int32_t length_utf16(const wide* text);
int32_t bytes_of_bstr(const wide* text);
int32_t last_utf8(const char* text);
void fill_utf8(char* buffer, int32_t size);
void fill_utf16(wide* buffer, int32_t size);
char* copy_utf8(const char* text);
wide* copy_utf16(const wide* text);
void replace_text(char** text);
void give_text(char** text);

Point add_points(Point a, Point b);
Mixed twice(Mixed value);
Packed1 twice_packed1(Packed1 value);
Packed2 twice_packed2(Packed2 value);
Union as_union(Union value);
Nested nest(Nested value);
Single1 half(Single1 value);
Floats reverse(Floats value);
Flags flip(Flags value);
void move_point(Point* point, int32_t by);
int32_t sum_point(const Point* point);
void make_mixed(Mixed* out);
void rename_it(Named* named);
void scale(Fixed* fixed);
int32_t texts_length(Texts texts);

int32_t sum_i4(const int32_t* values, int32_t count);
void double_i4(int32_t* values, int32_t count);
double sum_r8(const double* values, int32_t count);
int32_t count_true(const int32_t* flags, int32_t count);
int32_t join_length(const char** texts, int32_t count);
void upper_all(char** texts, int32_t count);
int32_t sum_points(const Point* points, int32_t count);
int32_t sum_letters(const char* letters, int32_t count);
void give_array(int32_t** values, int32_t* count);
int32_t* new_range(int32_t count);
int32_t sum_flags(const Flags* values, int32_t count);

void increment(int32_t* value);
void toggle(int32_t* flag);
int32_t read_ref(const int32_t* value);
void set_two(int32_t* a, double* b);

void* open_handle(int32_t number);
int32_t handle_number(void* handle);
int32_t close_handle(void* handle);
void open_out(void** handle, int32_t number);

int32_t fail_with(int32_t error);
int32_t hresult_of(int32_t value, int32_t* result);
int32_t first_of_guid(const uint8_t* guid);
double echo_date(double date);
int64_t echo_currency(int64_t value);

typedef int32_t (*Unary)(int32_t);
typedef Point (*PointMap)(Point, int32_t);
int32_t apply(Unary f, int32_t value);
int32_t apply_twice(Unary f, int32_t value);
int64_t fold(int64_t (*f)(int64_t, int32_t, double, float, int8_t), int32_t count);
int32_t walk(int32_t (*visit)(const char* text, const wide* title, int32_t index));
Point map_point(PointMap f, Point point);
int32_t by_pointer(void (*f)(Point* point, int32_t* number, int32_t* flag));
int32_t with_array(int32_t (*f)(const int32_t* values, int32_t count));
void keep_callback(Unary f);
int32_t call_kept(int32_t value);
int32_t has_callback(Unary f);
typedef struct { Unary f; int32_t value; } Bound;
int32_t call_bound(Bound bound);
Unary function_for(int32_t which);
int32_t call_text(char* (*f)(const char*), const char* text);

Packed4 twice_packed4(Packed4 value);
Packed8 twice_packed8(Packed8 value);
uint8_t echo_empty(int32_t before, Empty value, int32_t behind);
Wide next_wide(Wide value);
int32_t sum_wides(const Wide* values, int32_t count);
void flip_rows(Rows* rows);
Decimal negate_decimal(Decimal value);
void negate_at(Decimal* value);
int32_t sum_decimals(const Decimal* values, int32_t count);
Guid next_guid(Guid value);
void next_guid_at(Guid* value);
int32_t first_of_guids(const Guid* values, int32_t count);
void next_day(double* date);
Dates exchange_dates(Dates dates);
Sized next_sized(Sized value);
void move_point3(Point3* point, int32_t by);
void next_letter_at(char* letter);
void next_unit_at(wide* unit);
void toggle1(uint8_t* flag);
void next_u1(uint8_t* value);
void upper_text(char* text);
void replace_handle(void** handle, int32_t number);
int32_t is_null(const void* pointer);
void negate_all(int32_t* flags, int32_t count);
void rename_all(Named* values, int32_t count);

/* Pointers behind pointers: for callers with pointers of the same size. */
int32_t sum_rows(const int32_t** rows, const int32_t* lengths, int32_t count);
void double_rows(int32_t** rows, int32_t count, int32_t length);
int32_t letters_of_rows(const char*** rows, int32_t count, int32_t length);
void replace_point(Point** point);
Point* new_point(int32_t x, int32_t y);
void give_texts(char*** texts, int32_t* count);
char** new_texts(int32_t count);
int32_t call_all(const Unary* functions, int32_t count, int32_t value);
Bound bound_to(int32_t which);
Pointed move_pointer(Pointed value);
int32_t count_pointers(void* const* pointers, int32_t count);
Mixed map_mixed(Mixed (*f)(Mixed value, Point point), Mixed value);
void replace_wide(wide** text);
void map_texts(void (*f)(Texts* texts), Texts* texts);
int32_t ask_named(int32_t (*f)(Named* named));

#ifdef __cplusplus
}
#endif
#endif
