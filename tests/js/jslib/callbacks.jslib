var Callbacks = {
  $CallbackState: {
    callbacks: [],
    count: 0,
    remember: function (callback) {
      CallbackState.count++;
      return CallbackState.callbacks.push(callback) - 1;
    }
  },

  Call: function (callback, value) {
    return {{{ makeDynCall('ii', 'callback') }}}(value);
  },
  CallOld: function (callback, value) {
    return Module.dynCall_ii(callback, value) + Module['dynCall_ii'](callback, value) + dynCall_ii(callback, value) +
      dynCall('ii', callback, [value]) + Runtime.dynCall('ii', callback, [value]) + Module.dynCall('ii', callback, [value]) +
      {{{ makeDynCall('ii') }}}(callback, value) + getWasmTableEntry(callback)(value) + wasmTable.get(callback)(value);
  },
  CallMixed: function (callback) {
    return {{{ makeDynCall('dijfdp', 'callback') }}}(1, 2n ** 40n, 0.5, 0.25, 4);
  },
  CallText: function (callback, text) {
    var copy = stringToNewUTF8(UTF8ToString(text) + '?');
    {{{ makeDynCall('vi', 'callback') }}}(copy);
    _free(copy);
  },
  CallOddly: function (callback) { dynCall('xx', callback, [1]); },
  CallWrongly: function (callback) { dynCall('iii', callback, [1, 2]); },
  CallNowhere: function () { Module.dynCall_v(0x7fffff); },
  CallLater: function (callback, value) {
    var index = CallbackState.remember(callback);
    setTimeout(function () {
      var callback = CallbackState.callbacks[index];
      {{{ makeDynCall('vi', 'callback') }}}(value);
    }, 1);
  },
  CallByName: function (callback) {
    var call = Module.cwrap('Call', 'number', ['number', 'number']);
    return call(callback, 5) + ccall('WithLengthOf', 'number', ['string'], ['Grüße']);
  },
  WithLengthOf: function (text) { return UTF8ToString(text).length * 100; },
  CallbackCount: function () { return CallbackState.count; }
};
autoAddDeps(Callbacks, '$CallbackState');
mergeInto(LibraryManager.library, Callbacks);
