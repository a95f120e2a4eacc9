// The kind of file that Unity's manual describes, and habits of older ones: sloppy code, names of old.
mergeInto(LibraryManager.library, {

  Add: function (a, b) {
    return a + b;
  },

  Half: function (value) { return value / 2; },
  HalfFloat: function (value) { return value / 2; },
  Wide: function (value) { return value * 2n; },
  WideAsNumber__i53abi: true,
  WideAsNumber: function (value) { return typeof value === 'number' ? value + 1 : -1; },
  Not: function (flag) { return !flag; },
  Nothing: function () {},
  ToUnsigned: function () { return 0xffffffff; },

  Length: function (text) {
    return UTF8ToString(text).length;
  },

  Shout: function (text) {
    var result = Pointer_stringify(text).toUpperCase() + "!";
    // Nobody has declared it: a global variable, in sloppy code.
    shoutSize = lengthBytesUTF8(result) + 1;
    var buffer = _malloc(shoutSize);
    stringToUTF8(result, buffer, shoutSize);
    return buffer;
  },
  ShoutWide: function (text) {
    var result = UTF16ToString(text).toUpperCase();
    var buffer = Module._malloc(result.length * 2 + 2);
    Module.stringToUTF16(result, buffer, result.length * 2 + 2);
    return buffer;
  },
  NoText: function () { return 0; },

  Sum: function (array, size) {
    var sum = 0;
    for (var i = 0; i < size; i++)
      sum += HEAPF32[(array >> 2) + i];
    return sum;
  },
  Twice: function (array, size) {
    for (index = 0; index < size; ++index) Module.HEAP32[(array >> 2) + index] *= 2;
  },
  Bytes: function (array, size) {
    HEAPU8.subarray(array, array + size).fill(010 + "\101".charCodeAt(0));
  },

  // struct Point { int x; double y; }
  Mirror: function (point) {
    setValue(point, -getValue(point, 'i32'), 'i32');
    HEAPF64[(point + 8) >> 3] *= -1;
  },
  // By value: a pointer to a copy; the result's place comes first.
  Moved: function (result, point, by) {
    HEAP32[result >> 2] = HEAP32[point >> 2] + by;
    HEAPF64[(result + 8) >> 3] = HEAPF64[(point + 8) >> 3] + by;
  },

  Grow: function (bytes) {
    var block = _malloc(bytes);
    HEAPU8[block + bytes - 1] = 7; // a view of before would be empty
    var seen = HEAPU8[block + bytes - 1] + Module.HEAPU8[block + bytes - 1];
    _free(block);
    return seen;
  },

  Remember: function (value) { this.remembered = value; },
  Remembered: function () { return this.remembered; },

  Throw: function (text) {
    throw new RangeError(UTF8ToString(text));
  },
  GiveText: function () { return 'a text is no pointer'; },
  GivePromise: function () { return Promise.resolve(1); },

  Regexes: function () {
    var a = 8, g = 2;
    var quarter = a / g / 2; // no regular expression
    if (/[/}'"`]{1,2}/.test('}')) /\//.test('/') && quarter++;
    return quarter + `${ {a: '}'}.a }`.length;
  }
});
