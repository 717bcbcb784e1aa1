using System.Runtime.CompilerServices;

[assembly: DisableRuntimeMarshalling]

// Every stackalloc of this assembly is filled by Cyclone or by us before it is read; zeroing a kilobyte per take would show.
[module: SkipLocalsInit]
