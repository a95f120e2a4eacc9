using System;
using test;

Console.WriteLine($"Add(20, 22) = {CustomPInvoke.Add(20, 22)}");
Console.WriteLine($"Mul(6, 7) = {CustomPInvoke.Mul(6, 7)}");
Console.WriteLine($"Greet(LeanCLR) = {CustomPInvoke.Greet("LeanCLR")}");
