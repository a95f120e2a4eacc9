#if ASSERTIONS
  this is no JavaScript
#elif POINTER_SIZE == 4 && !defined(SOMETHING)
#else
  nor is this
#endif
const LibraryState = {
  $Registry: 'new Map()',
  $nextNumber: "0",
  $Registry__postset: 'Registry.set("first", 1);' +
    "Registry.set('second', 2)",
  $describe__deps: ['$Registry'],
  $describe: function () { return [...Registry.entries()].map(([key, value]) => `${key}=${value}`).join(); },

  Describe__deps: ['$describe', '$stringToNewUTF8', 'malloc'],
  Describe__sig: 'p',
  Describe__proxy: 'sync',
  Describe() { return stringToNewUTF8(describe()); },
  Number__deps: ['$nextNumber'],
  Number: () => nextNumber++,
  NumberTwice__deps: ['Number'],
  NumberTwice: function () { return _Number() + _Number(); },
  AnotherNumber: 'Number',

  Counted__postset: '_Counted.calls = 10;',
  Counted: function () { return ++_Counted.calls; },
  Wrapped__postset: '_Wrapped = function (inner) { return function () { return inner() * 2; }; }(_Wrapped);',
  Wrapped: function () { return 21; },

  FromOther__deps: ['OfOther', '$OtherState'],
  FromOther: function () { return _OfOther() + OtherState.bonus; },
  Unresolved__deps: ['fromTheMoon'],
  Unresolved: function () { return _fromTheMoon(); },
  Told: function (object, method, value) { SendMessage(UTF8ToString(object), UTF8ToString(method), value); },
  PointerSize: function () { return {{{ POINTER_SIZE }}} + {{{ makeGetValue('0', '0', 'i32') }}} * 0; },
};
addToLibrary(LibraryState);
