// ObjectModel over the real CoreLib: strings, interning, arrays, boxes, and the fields looked up by name.
#include "objects/object_model.h"

#include "unit/types/world.h"

namespace leanclr::test {
namespace {

using objects::Array;
using objects::ArrayBound;
using objects::Object;
using objects::ObjectModel;
using objects::String;
using types::Type;

struct Objects final : gc::RootSource {
  std::unique_ptr<World> world;
  gc::Heap heap;
  ObjectModel model;

  explicit Objects(std::unique_ptr<World> created)
      : world(std::move(created)),
        heap(world->types().region(), {.stress = true}),
        model(heap, world->types()) {
    heap.add_root_source(*this);
  }
  ~Objects() { heap.remove_root_source(*this); }
  void visit_roots(gc::Marker& marker) override { model.visit_roots(marker); }

  Type& type(std::string_view name) { return *world->corelib_type("System", name); }
  Type& vector_of(Type& element) { return sized(world->types().vector_of(element)); }
  Type& array_of(Type& element, uint32_t rank) { return sized(world->types().array_of(element, rank)); }
  Type& nullable_of(Type& element) {
    Type* arguments[] = {&element};
    return sized(world->types().instantiate(type("Nullable`1"), arguments));
  }
  Type& sized(Result<Type*> made) {
    CHECK(made.ok() && world->types().ensure(*made.value(), types::TypeState::Complete).ok());
    return *made.value();
  }
};

TEST(strings_hold_their_text_and_a_zero) {
  Objects o(REQUIRE_WORLD());
  for (std::u16string text : {u"", u"a", u"Hello, \u00e9\u4e16\xD83D\xDE00", u"\0zero"}) {
    gc::Local<String> string(o.heap, o.model.new_string(std::u16string_view(text)));
    o.heap.collect();
    EXPECT(string->view() == text);
    EXPECT_EQ(string->chars[string->length], 0);
    EXPECT(string->type == o.world->types().known().string);
  }
  EXPECT(o.model.new_string(std::string_view("\xC3\xA9!"))->view() == u"\u00e9!");
  EXPECT_EQ(o.model.new_string(3)->view().size(), size_t{3});
  EXPECT(o.model.new_string(-1) == nullptr);
  EXPECT(o.model.new_string(INT32_MAX) == nullptr);
}

TEST(equal_texts_intern_to_one_string) {
  Objects o(REQUIRE_WORLD());
  EXPECT(o.model.find_interned(u"text") == nullptr);
  String* text = o.model.intern(u"text");
  o.model.new_string(std::u16string_view(u"garbage"));
  o.heap.collect();
  EXPECT(text->view() == u"text");
  EXPECT_EQ(o.model.intern(std::u16string(u"te") + u"xt"), text);
  EXPECT_EQ(o.model.find_interned(u"text"), text);
  EXPECT(o.model.intern(u"Text") != text);
  EXPECT(o.model.intern(u"")->view().empty());
}

TEST(vectors_know_their_length) {
  Objects o(REQUIRE_WORLD());
  Type& bytes = o.vector_of(o.type("Byte"));
  Type& longs = o.vector_of(o.type("Int64"));
  gc::Local<Array> array(o.heap, o.model.new_vector(longs, 5));
  array->elements<int64_t>()[4] = -1;
  EXPECT_EQ(array->length, 5u);
  EXPECT(array->bounds == nullptr);
  EXPECT_EQ(reinterpret_cast<int64_t*>(array->element(4)), &array->elements<int64_t>()[4]);
  EXPECT_EQ(o.model.new_vector(bytes, 0)->length, 0u);
  EXPECT(o.model.new_vector(longs, 0x7FFFFFFF) == nullptr);
  EXPECT(o.model.new_vector(longs, 0xFFFFFFFF) == nullptr);
}

TEST(general_arrays_keep_their_bounds_behind_the_elements) {
  Objects o(REQUIRE_WORLD());
  Type& cube = o.array_of(o.type("Byte"), 3);
  const ArrayBound bounds[] = {{3, 0}, {5, -2}, {1, 7}};
  gc::Local<Array> array(o.heap, o.model.new_array(cube, bounds));
  std::memset(array->data(), 0xFF, array->length);
  o.heap.collect();
  EXPECT_EQ(array->length, 15u);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(array->bounds.get()[i].length, bounds[i].length);
    EXPECT_EQ(array->bounds.get()[i].lower_bound, bounds[i].lower_bound);
  }
  const ArrayBound empty[] = {{0, 0}, {INT32_MAX, 0}, {INT32_MAX, 0}};
  EXPECT_EQ(o.model.new_array(cube, empty)->length, 0u);
  const ArrayBound huge[] = {{65536, 0}, {65536, 0}, {65536, 0}};
  EXPECT(o.model.new_array(cube, huge) == nullptr);
}

TEST(arrays_of_references_keep_their_elements) {
  Objects o(REQUIRE_WORLD());
  Type& strings = o.vector_of(o.type("String"));
  Type& matrix = o.array_of(o.type("Object"), 2);
  gc::Local<Array> vector(o.heap, o.model.new_vector(strings, 3));
  const ArrayBound bounds[] = {{2, 0}, {2, 0}};
  gc::Local<Array> array(o.heap, o.model.new_array(matrix, bounds));
  vector->elements<Ref<Object>>()[2] = o.model.new_string(std::u16string_view(u"kept"));
  array->elements<Ref<Object>>()[3] = vector.get();
  vector = nullptr;
  o.heap.collect();
  auto* inner = static_cast<Array*>(array->elements<Ref<Object>>()[3].get());
  EXPECT(static_cast<String*>(inner->elements<Ref<Object>>()[2].get())->view() == u"kept");
}

TEST(boxes_hold_a_copy) {
  Objects o(REQUIRE_WORLD());
  int32_t number = 42;
  Object* box = o.model.box(o.type("Int32"), &number);
  EXPECT(box->type == &o.type("Int32"));
  EXPECT_EQ(*reinterpret_cast<int32_t*>(objects::unbox(box)), 42);
  Ref<Object> reference = box;
  EXPECT_EQ(o.model.box(o.type("Object"), &reference), box);
}

TEST(a_nullable_boxes_to_its_value_or_null) {
  Objects o(REQUIRE_WORLD());
  struct {
    bool has_value;
    alignas(8) int64_t value;
  } number{true, -7};
  Type& nullable = o.nullable_of(o.type("Int64"));
  EXPECT_EQ(objects::nullable_value_offset(nullable), 8u);
  Object* box = o.model.box(nullable, &number);
  REQUIRE(box != nullptr);
  EXPECT(box->type == &o.type("Int64"));
  EXPECT_EQ(*reinterpret_cast<int64_t*>(objects::unbox(box)), -7);
  number.has_value = false;
  EXPECT(o.model.box(nullable, &number) == nullptr);
  const uint8_t flag[] = {1, 1};
  box = o.model.box(o.nullable_of(o.type("Boolean")), flag);
  EXPECT_EQ(*objects::unbox(box), 1);
}

TEST(core_fields_are_found) {
  Objects o(REQUIRE_WORLD());
  Status bound = o.model.bind();
  EXPECT_EQ(bound.ok() ? "" : bound.take_error().to_string(), "");
  Type& exception = o.type("Exception");
  EXPECT_EQ(o.model.fields().exception_message, o.world->types().find_field(exception, "_message")->offset);
  EXPECT(o.model.fields().exception_message >= types::kObjectHeaderBytes);
  EXPECT(o.model.fields().delegate_target != o.model.fields().delegate_method_ptr);
  Object* object = o.model.new_object(exception);
  objects::field_at<int32_t>(object, o.model.fields().exception_hresult) = 5;
  EXPECT_EQ(o.heap.size_of(object) >= exception.instance_size, true);
}

}  // namespace
}  // namespace leanclr::test
