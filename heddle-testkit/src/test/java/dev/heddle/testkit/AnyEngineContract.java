package dev.heddle.testkit;

/** The suites that every engine in this JVM passes. */
interface AnyEngineContract
    extends
      SubmitContract,
      MapContract,
      MapLazinessContract,
      CancelContract,
      WaitContract,
      AsCompletedContract,
      CallbackContract,
      ConversionContract,
      RetryContract,
      TimeoutContract,
      ShutdownContract,
      ExecutorServiceContract,
      ObservabilityContract,
      LocalBridgeContract,
      LocalThreadsContract,
      LocalContextContract,
      LocalDeadlockContract,
      LocalNoFalseAlarmContract,
      LocalNestingContract,
      LocalStaleReferenceContract {}
