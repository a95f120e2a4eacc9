// node run.mjs: the smallest host script. C# calls JavaScript, JavaScript calls C#; no C++ anywhere.
//   dotnet build -c Release Hello && node run.mjs
import { createRuntime, findClassLibrary, restoreClassLibrary } from 'leanclr';

const clr = await createRuntime({
  assemblies: [
    new URL('Hello/bin/Release/net10.0/', import.meta.url),
    ...(findClassLibrary() ?? await restoreClassLibrary(console.error)),
  ],
});
clr.registerPInvoke('Calculator::Multiply', (a, b) => a * b);
const exitCode = await clr.runMain('Hello', ['Ada', 'Alan']);
console.log(`Main returned ${exitCode}.`);
console.log(clr.call('Calculator::Describe', 42));
clr.dispose();
