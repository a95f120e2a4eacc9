using System.Runtime.InteropServices;

namespace test
{
    public class CustomPInvoke
    {
        // A C++ function with a hand-written invoker: main.cpp.
        [DllImport("CustomNativeLib.dll", CallingConvention = CallingConvention.Cdecl)]
        public static extern int Add(int a, int b);

        // A JavaScript function that the module imports: EM_JS in main.cpp.
        [DllImport("CustomNativeLib.dll", CallingConvention = CallingConvention.Cdecl)]
        public static extern int Mul(int a, int b);

        // A JavaScript function registered at run time: functions.mjs.
        [DllImport("CustomNativeLib.dll", CallingConvention = CallingConvention.Cdecl)]
        public static extern string Greet(string name);
    }
}
