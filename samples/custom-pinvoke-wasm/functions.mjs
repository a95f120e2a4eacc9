// The JavaScript functions of the sample, registered at run time: the same in Node and in the page.

export function registerFunctions(clr) {
  // The key may also carry the library or the assembly and the parameter types:
  // '[CustomNativeLib.dll]test.CustomPInvoke::Greet(System.String)'.
  clr.registerPInvoke('test.CustomPInvoke::Greet', (name) => `Hello, ${name}!`);
}
