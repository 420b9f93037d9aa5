using Xunit.Sdk;
using Xunit.v3;

// Builds, registries and engines: one after the other is as fast on two cores. And some tests change what programs see of the environment.
[assembly: Parallelization(Mode = ParallelMode.None)]
