// Names of the module's imports "leanclr", for Emscripten's check of undefined symbols. The functions are in
// js/src/imports.ts; a forgotten one is an error when the module is instantiated.
mergeInto(LibraryManager.library, {
  write: function () {},
  resolve_assembly: function () {},
  resolve_symbols: function () {},
  call: function () {},
  schedule: function () {},
  sleep: function () {},
  now: function () {},
  bind_function: function () {},
  call_function: function () {},
  make_callbacks: function () {},
});
