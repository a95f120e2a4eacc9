// Interface maps, overriding, default and static members, variance: the types of tests/managed/33-dispatch.
#include <vector>

#include "unit/types/world.h"

namespace leanclr::test {

using types::GenericContext;
using types::Method;
using types::Type;
using types::TypeState;

namespace {

/// The compiled shapes, and short ways to ask about them.
class Shapes {
 public:
  explicit Shapes(World& world) : world_(world) {
    auto added = world.add("33-dispatch");
    if (added.ok()) assembly_ = added.value();
  }
  bool loaded() const { return assembly_; }
  types::TypeSystem& types() { return world_.types(); }

  Type* type(std::string_view name) { return types().type_by_name(*assembly_, {}, name).value(); }
  Type* of(std::string_view name, std::vector<Type*> arguments) {
    return types().instantiate(*type(name), arguments).value();
  }
  Type* system(std::string_view name) { return world_.corelib_type("System", name); }
  Type* collection(std::string_view name, Type* argument) {
    return types()
        .instantiate(*world_.corelib_type("System.Collections.Generic", name), {&argument, 1})
        .value();
  }
  Method* method(Type* type, std::string_view name) { return types().find_method(*type, name); }

  /// The full name of the body that a call of `owner`'s method `name` reaches on an object of `type`, or the
  /// error.
  std::string body(Type* type, Type* owner, std::string_view name) {
    Method* called = method(owner, name);
    return called ? name_of(types().find_implementation(*type, *called))
                  : std::string("no method ").append(name);
  }
  std::string name_of(Result<Method*> found) {
    if (!found.ok()) return std::string(leanclr::name_of(found.take_error().kind()));
    std::string name = types().full_name(*found.value());
    if (found.value()->generic_arguments.empty()) return name;
    name += '<';
    for (Type* argument : found.value()->generic_arguments) name += types().full_name(*argument) + ">";
    return name;
  }
  bool fits(Type* target, Type* source) { return types().is_assignable(*target, *source); }

 private:
  World& world_;
  types::Assembly* assembly_ = nullptr;
};

}  // namespace

#define REQUIRE_SHAPES()        \
  auto world = REQUIRE_WORLD(); \
  Shapes shapes(*world);        \
  if (!shapes.loaded()) SKIP("LEANCLR_TEST_ASSEMBLIES holds no 33-dispatch.dll")

TEST(interfaces_are_served_by_the_nearest_class_that_names_them) {
  REQUIRE_SHAPES();
  Type* animal = shapes.type("IAnimal");
  EXPECT_EQ(shapes.body(shapes.type("Dog"), animal, "Name"), "Dog::Name()");
  EXPECT_EQ(shapes.body(shapes.type("Puppy"), animal, "Name"), "Puppy::Name()");
  EXPECT_EQ(shapes.body(shapes.type("Cat"), animal, "Name"), "Cat::Name()");
  EXPECT_EQ(shapes.body(shapes.type("Hidden"), animal, "Name"), "Dog::Name()");
  EXPECT_EQ(shapes.body(shapes.type("Secret"), animal, "Name"), "Secret::IAnimal.Name()");
  EXPECT_EQ(shapes.body(shapes.type("Puppy"), animal, "Loud"), "IAnimal::Loud()");
  EXPECT_EQ(shapes.body(shapes.type("Secret"), animal, "Loud"), "Secret::IAnimal.Loud()");
  EXPECT_EQ(shapes.body(shapes.type("Plain"), animal, "Name"), "EntryPointNotFound");
}

TEST(virtual_calls_use_the_slot_that_was_named) {
  REQUIRE_SHAPES();
  Type* dog = shapes.type("Dog");
  EXPECT_EQ(shapes.body(shapes.type("Puppy"), dog, "Name"), "Puppy::Name()");
  EXPECT_EQ(shapes.body(shapes.type("Cat"), dog, "Name"), "Dog::Name()");
  EXPECT_EQ(shapes.body(dog, shapes.system("Object"), "ToString"), "System.Object::ToString()");
  EXPECT_EQ(shapes.body(shapes.type("Meters"), shapes.system("Object"), "ToString"), "Meters::ToString()");
  EXPECT_EQ(shapes.body(dog, shapes.type("Puppy"), "Name"), "EntryPointNotFound");
}

TEST(the_most_specific_default_body_wins) {
  REQUIRE_SHAPES();
  Type* base = shapes.type("IBase");
  EXPECT_EQ(shapes.body(shapes.type("Plain"), base, "Who"), "IBase::Who()");
  EXPECT_EQ(shapes.body(shapes.type("OnlyLeft"), base, "Who"), "ILeft::IBase.Who()");
  EXPECT_EQ(shapes.body(shapes.type("Both"), base, "Who"), "IBoth::IBase.Who()");
  EXPECT_EQ(shapes.body(shapes.type("Again"), base, "Who"), "Again::IBase.Who()");
  Type* integer = shapes.system("Int32");
  EXPECT_EQ(shapes.body(shapes.of("GenericDefault`1", {integer}), base, "Who"),
            "IOf`1[System.Int32]::IBase.Who()");
  Type* pair = shapes.of("IPair`1", {integer});
  EXPECT_EQ(shapes.body(shapes.of("Pair`1", {integer}), pair, "Twice"),
            "IPair`1[System.Int32]::Twice(System.Int32)");
  EXPECT_EQ(shapes.body(shapes.of("Pair`1", {integer}), pair, "One"),
            "Pair`1[System.Int32]::One(System.Int32)");
}

TEST(generic_methods_keep_their_arguments) {
  REQUIRE_SHAPES();
  Type* integer = shapes.system("Int32");
  Type* text = shapes.system("String");
  Method* visit =
      REQUIRE_OK(shapes.types().instantiate(*shapes.method(shapes.type("IVisitor"), "Visit"), {&integer, 1}));
  auto body = [&](Type* type) { return shapes.name_of(shapes.types().find_implementation(*type, *visit)); };
  EXPECT_EQ(body(shapes.type("Visitor")), "Visitor::Visit(System.Int32)<System.Int32>");
  EXPECT_EQ(body(shapes.type("LoudVisitor")), "LoudVisitor::Visit(System.Int32)<System.Int32>");
  EXPECT_EQ(body(shapes.of("FixedVisitor`1", {text})),
            "FixedVisitor`1[System.String]::IVisitor.Visit(System.Int32)<System.Int32>");
}

TEST(overriding_looks_through_generic_bases) {
  REQUIRE_SHAPES();
  Type* text = shapes.system("String");
  Type* bytes = shapes.system("Byte");
  EXPECT_EQ(shapes.body(shapes.type("Derived"), shapes.of("Base`1", {text}), "Of"),
            "Derived::Of(System.String)");
  Type* list = shapes.collection("List`1", bytes);
  EXPECT_EQ(shapes.body(shapes.of("Deeper`1", {bytes}), shapes.of("Base`1", {list}), "Of"),
            "Middle`1[System.Byte]::Of(System.Collections.Generic.List`1[System.Byte])");
  // Of(T) and Of(int) stay two methods even where T is int.
  Type* both = shapes.of("Base`1", {shapes.system("Int32")});
  REQUIRE_OK(shapes.types().ensure(*both, TypeState::Complete));
  EXPECT(both->methods[0].slot != both->methods[1].slot);
}

TEST(covariant_returns_serve_the_base_slot) {
  REQUIRE_SHAPES();
  Type* eater = shapes.type("Eater");
  EXPECT_EQ(shapes.body(shapes.type("Cow"), eater, "Eat"), "Cow::Eat()");
  EXPECT_EQ(shapes.body(shapes.type("Calf"), eater, "Eat"), "Calf::Eat()");
  EXPECT_EQ(shapes.body(shapes.type("Calf"), shapes.type("Cow"), "Eat"), "Calf::Eat()");
}

TEST(static_interface_members_are_found_on_the_constraint) {
  REQUIRE_SHAPES();
  auto body = [&](std::string_view type, std::string_view method) {
    Type* self = shapes.type(type);
    Type* unit = shapes.of("IUnit`1", {self});
    return shapes.name_of(shapes.types().find_static_implementation(*self, *shapes.method(unit, method)));
  };
  EXPECT_EQ(body("Meters", "get_Zero"), "Meters::get_Zero()");
  EXPECT_EQ(body("Meters", "Describe"), "IUnit`1[Meters]::Describe()");
  EXPECT_EQ(body("Feet", "Describe"), "Feet::IUnit<Feet>.Describe()");
  Type* integer = shapes.system("Int32");
  std::vector<Type*> three(3, integer);
  Type* addition = REQUIRE_OK(
      shapes.types().instantiate(*world->corelib_type("System.Numerics", "IAdditionOperators`3"), three));
  auto added = shapes.types().find_static_implementation(*integer, *shapes.method(addition, "op_Addition"));
  EXPECT_EQ(
      shapes.name_of(added),
      "System.Int32::System.Numerics.IAdditionOperators<System.Int32,System.Int32,System.Int32>.op_Addition("
      "System.Int32,System.Int32)");
}

TEST(interfaces_and_delegates_vary) {
  REQUIRE_SHAPES();
  Type* object = shapes.system("Object");
  Type* text = shapes.system("String");
  Type* integer = shapes.system("Int32");
  Type* objects = shapes.of("IProducer`1", {object});
  Type* takes_text = shapes.of("IConsumer`1", {text});
  EXPECT(shapes.fits(objects, shapes.type("StringProducer")));
  EXPECT(shapes.fits(objects, shapes.of("IProducer`1", {text})));
  EXPECT(!shapes.fits(shapes.of("IProducer`1", {text}), objects));
  EXPECT(!shapes.fits(objects, shapes.of("IProducer`1", {integer})));
  EXPECT(shapes.fits(takes_text, shapes.type("ObjectConsumer")));
  EXPECT_EQ(shapes.body(shapes.type("StringProducer"), objects, "Make"), "StringProducer::Make()");
  EXPECT_EQ(shapes.body(shapes.type("ObjectConsumer"), takes_text, "Take"),
            "ObjectConsumer::Take(System.Object)");
  auto action = [&](Type* argument) {
    return shapes.types().instantiate(*shapes.system("Action`1"), {&argument, 1}).value();
  };
  EXPECT(shapes.fits(action(text), action(object)));
  EXPECT(!shapes.fits(action(object), action(text)));
}

TEST(arrays_convert_by_element) {
  REQUIRE_SHAPES();
  auto vector = [&](std::string_view name) { return shapes.types().vector_of(*shapes.system(name)).value(); };
  Type* object = shapes.system("Object");
  EXPECT(shapes.fits(vector("Object"), vector("String")));
  EXPECT(!shapes.fits(vector("String"), vector("Object")));
  EXPECT(shapes.fits(vector("Int32"), vector("UInt32")));
  EXPECT(shapes.fits(vector("Int32"), vector("DayOfWeek")));
  EXPECT(!shapes.fits(vector("Int32"), vector("Int64")));
  EXPECT(!shapes.fits(vector("Object"), vector("Int32")));
  EXPECT(!shapes.fits(vector("Char"), vector("UInt16")));
  EXPECT(shapes.fits(object, vector("Int32")));
  EXPECT(shapes.fits(shapes.system("Array"), vector("Int32")));
  EXPECT(shapes.fits(shapes.collection("IEnumerable`1", object), vector("String")));
  EXPECT(shapes.fits(shapes.collection("IList`1", shapes.system("Int32")), vector("UInt32")));
  EXPECT(!shapes.fits(shapes.collection("IList`1", shapes.system("Int64")), vector("UInt32")));
  Type* general = REQUIRE_OK(shapes.types().array_of(*shapes.system("Int32"), 1));
  EXPECT(!shapes.fits(vector("Int32"), general));
  EXPECT(!shapes.fits(shapes.collection("IList`1", shapes.system("Int32")), general));
}

TEST(vectors_serve_the_collection_interfaces) {
  REQUIRE_SHAPES();
  Type* text = shapes.system("String");
  Type* strings = REQUIRE_OK(shapes.types().vector_of(*text));
  EXPECT_EQ(shapes.body(strings, shapes.collection("IEnumerable`1", text), "GetEnumerator"),
            "System.Array::InternalArray__IEnumerable_GetEnumerator()<System.String>");
  EXPECT_EQ(
      shapes.body(strings, shapes.collection("IEnumerable`1", shapes.system("Object")), "GetEnumerator"),
      "System.Array::InternalArray__IEnumerable_GetEnumerator()<System.Object>");
  EXPECT_EQ(shapes.body(strings, shapes.collection("IReadOnlyCollection`1", text), "get_Count"),
            "System.Array::InternalArray__IReadOnlyCollection_get_Count()");
  // Every method of the five interfaces has one.
  for (const char* name :
       {"IList`1", "ICollection`1", "IEnumerable`1", "IReadOnlyList`1", "IReadOnlyCollection`1"}) {
    Type* interface = shapes.collection(name, text);
    REQUIRE_OK(shapes.types().ensure(*interface, TypeState::Linked));
    for (Method& method : interface->methods)
      EXPECT(shapes.types().find_implementation(*strings, method).ok());
  }
  EXPECT_EQ(shapes.body(strings, world->corelib_type("System.Collections", "ICollection"), "get_Count"),
            "System.Array::System.Collections.ICollection.get_Count()");
}

TEST(nullable_counts_as_its_value) {
  REQUIRE_SHAPES();
  Type* integer = shapes.system("Int32");
  Type* maybe = REQUIRE_OK(shapes.types().instantiate(*shapes.system("Nullable`1"), {&integer, 1}));
  EXPECT(maybe->flags.nullable);
  EXPECT_EQ(maybe->element, integer);
  EXPECT(shapes.fits(maybe, integer));
  EXPECT(!shapes.fits(integer, maybe));
  EXPECT(shapes.fits(shapes.system("IComparable"), integer));
  EXPECT(shapes.fits(shapes.system("ValueType"), integer));
}

TEST(finalizers_are_known) {
  REQUIRE_SHAPES();
  for (const char* name : {"Finalized", "AlsoFinalized"}) {
    Type* type = shapes.type(name);
    REQUIRE_OK(shapes.types().ensure(*type, TypeState::Complete));
    EXPECT(type->flags.has_finalizer);
    EXPECT_EQ(type->finalizer, shapes.method(shapes.type("Finalized"), "Finalize"));
  }
  EXPECT(!shapes.type("Dog")->flags.has_finalizer);
}

}  // namespace leanclr::test
