// Processes and their clocks are looked at here: one test at a time, so that none is slowed by another.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
