// bind: makes a uniform Invoker and its signature letters from the type of a C++ function.
//
// `native<my_function>("Name")` is all that an internal call or a libSystem.Native function needs; user code gets the
// same through register_pinvoke<&my_function>(key). A leading interp::Thread&, gc::Heap& or const Call&
// parameter is a capability: injected, and not part of the signature.
// What it is not: marshalling. Types here are what lies in slots: integers, floats, addresses, references.
#pragma once

#include <type_traits>
#include <utility>

#include "abi/native.h"

namespace leanclr::abi {

/// How a C++ type lies in slots. Specialise for structs that cross by value with ABI_VALUE.
template <typename T, typename = void>
struct Abi;

template <>
struct Abi<void> {
  static constexpr char letter = 'v';
  static constexpr uint32_t slots = 0;
};

template <typename T>
struct Abi<T, std::enable_if_t<std::is_integral_v<T> || std::is_enum_v<T>>> {
  static constexpr char letter = sizeof(T) == 8 ? 'l' : 'i';
  static constexpr uint32_t slots = 1;
  static T read(const Slot* slot) {
    if constexpr (sizeof(T) == 8) return static_cast<T>(slot->i8);
    else if constexpr (std::is_same_v<T, bool>) return (slot->i4 & 0xFF) != 0;
    else return static_cast<T>(slot->i4);
  }
  static void write(Slot* slot, T value) {
    if constexpr (sizeof(T) == 8) slot->i8 = static_cast<int64_t>(value);
    else slot->i4 = static_cast<int32_t>(value);
  }
};

template <>
struct Abi<float> {
  static constexpr char letter = 'f';
  static constexpr uint32_t slots = 1;
  static float read(const Slot* slot) { return slot->r4; }
  static void write(Slot* slot, float value) { slot->r4 = value; }
};

template <>
struct Abi<double> {
  static constexpr char letter = 'd';
  static constexpr uint32_t slots = 1;
  static double read(const Slot* slot) { return slot->r8; }
  static void write(Slot* slot, double value) { slot->r8 = value; }
};

/// Object references: pointers to gc::Object and what derives from it.
template <typename T>
struct Abi<T*, std::enable_if_t<std::is_base_of_v<gc::Object, T>>> {
  static constexpr char letter = 'o';
  static constexpr uint32_t slots = 1;
  static T* read(const Slot* slot) { return static_cast<T*>(slot->object.get()); }
  static void write(Slot* slot, T* value) { slot->object = value; }
};

/// Every other pointer is an address in the region.
template <typename T>
struct Abi<T*, std::enable_if_t<!std::is_base_of_v<gc::Object, std::remove_cv_t<T>>>> {
  static constexpr char letter = 'p';
  static constexpr uint32_t slots = 1;
  static T* read(const Slot* slot) { return pointer_at<T>(slot->address); }
  static void write(Slot* slot, T* value) { slot->address = static_cast<Address>(reinterpret_cast<uintptr_t>(value)); }
};

/// A trivially copyable struct or union passed by value: a value type whose native layout is this one.
template <typename T>
struct Abi<T, std::enable_if_t<(std::is_class_v<T> || std::is_union_v<T>) && std::is_trivially_copyable_v<T>>> {
  static constexpr char letter = 's';
  static constexpr uint32_t slots = slots_for(sizeof(T));
  static T read(const Slot* slot) {
    T value;
    __builtin_memcpy(&value, slot, sizeof(T));
    return value;
  }
  static void write(Slot* slot, const T& value) { __builtin_memcpy(static_cast<void*>(slot), &value, sizeof(T)); }
};

namespace detail {

template <typename T>
struct Returned {
  using type = T;
  static constexpr bool fails = false;
};
template <typename T>
struct Returned<Result<T>> {
  using type = T;
  static constexpr bool fails = true;
};

template <typename T>
constexpr bool is_capability =
    std::is_same_v<T, interp::Thread&> || std::is_same_v<T, gc::Heap&> || std::is_same_v<T, const Call&>;

template <typename T>
constexpr uint32_t slots_of() {
  if constexpr (is_capability<T>) return 0;
  else return Abi<std::remove_cv_t<T>>::slots;
}

template <typename T>
constexpr void push_letters(Letters& letters) {
  if constexpr (!is_capability<T>)
    for (uint32_t i = 0; i < Abi<std::remove_cv_t<T>>::slots; ++i) letters.push(Abi<std::remove_cv_t<T>>::letter);
}

/// Letters as text that functions of the same shape share.
template <char... L>
struct LetterText {
  static constexpr char text[] = {L..., '\0'};
};
template <typename B, size_t... I>
constexpr const char* letter_text(std::index_sequence<I...>) {
  return LetterText<B::letters().text[I]...>::text;
}

}  // namespace detail

template <auto Fn>
struct Bind;

template <typename R, typename... A, R (*Fn)(A...)>
struct Bind<Fn> {
  using Value = typename detail::Returned<R>::type;

  static constexpr Letters letters() {
    Letters result;
    if constexpr (std::is_void_v<Value>) result.push('v');
    else detail::push_letters<Value>(result);
    result.push('(');
    (detail::push_letters<A>(result), ...);
    return result;
  }

  static Status invoke(const Call& call) { return go(call, std::index_sequence_for<A...>{}); }

 private:
  template <size_t I>
  static constexpr uint32_t offset_of() {
    constexpr uint32_t sizes[] = {detail::slots_of<A>()..., 0};
    uint32_t offset = 0;
    for (size_t i = 0; i < I; ++i) offset += sizes[i];
    return offset;
  }
  template <typename T, size_t I>
  static T argument(const Call& call) {
    if constexpr (std::is_same_v<T, interp::Thread&>) return call.thread;
    else if constexpr (std::is_same_v<T, gc::Heap&>) return call.heap;
    else if constexpr (std::is_same_v<T, const Call&>) return call;
    else return Abi<std::remove_cv_t<T>>::read(call.args + offset_of<I>());
  }
  template <size_t... I>
  static Status go(const Call& call, std::index_sequence<I...>) {
    if constexpr (std::is_void_v<R>) {
      Fn(argument<A, I>(call)...);
    } else if constexpr (std::is_pointer_v<R>) {
      R pointer = Fn(argument<A, I>(call)...);
      // What lies elsewhere than in the region managed code has no number for (64-bit hosts).
      if (reinterpret_cast<uintptr_t>(pointer) > UINT32_MAX) return failure(ErrorKind::MarshalDirective, "the function returned a pointer outside the runtime's region: take memory from leanclr_alloc");
      Abi<R>::write(call.ret, pointer);
    } else if constexpr (detail::Returned<R>::fails) {
      if constexpr (std::is_void_v<Value>) return Fn(argument<A, I>(call)...);
      else Abi<Value>::write(call.ret, TRY(Fn(argument<A, I>(call)...)));
    } else {
      Abi<Value>::write(call.ret, Fn(argument<A, I>(call)...));
    }
    return {};
  }
};

/// A table row: one internal call or library function. See icalls/ for tables.
template <auto Fn>
constexpr NativeEntry native(std::string_view name) {
  NativeEntry entry;
  entry.name = name;
  entry.letters = detail::letter_text<Bind<Fn>>(std::make_index_sequence<Bind<Fn>::letters().size>{});
  entry.invoke = &Bind<Fn>::invoke;
  return entry;
}

/// The same for a function that C code may be given the address of.
template <auto Fn>
NativeEntry native_with_address() {
  NativeEntry entry = native<Fn>({});
  entry.target = reinterpret_cast<void*>(Fn);
  return entry;
}

/// The letters of a managed signature, comparable with Bind's by `letters_agree`. Value types in it must be Sized.
/// `this` is the first parameter: an address when `this_type` is a value type, else a reference.
Letters letters_of(const types::MethodSignature& signature, const types::Type* this_type = nullptr);
/// The same of a method whose signature is resolved.
Letters letters_of(const types::Method& method);
/// True when a C++ function with letters `native` (null: any) can serve the managed signature `managed`.
bool letters_agree(const char* native, std::string_view managed);

}  // namespace leanclr::abi
