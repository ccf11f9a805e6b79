package dev.heddle.testkit;

import dev.heddle.testkit.contract.AsCompletedContract;
import dev.heddle.testkit.contract.CallbackContract;
import dev.heddle.testkit.contract.CancelContract;
import dev.heddle.testkit.contract.ConversionContract;
import dev.heddle.testkit.contract.ExecutorServiceContract;
import dev.heddle.testkit.contract.FrontierContract;
import dev.heddle.testkit.contract.LimitContract;
import dev.heddle.testkit.contract.LocalBridgeContract;
import dev.heddle.testkit.contract.LocalContextContract;
import dev.heddle.testkit.contract.LocalDeadlockContract;
import dev.heddle.testkit.contract.LocalNestingContract;
import dev.heddle.testkit.contract.LocalNoFalseAlarmContract;
import dev.heddle.testkit.contract.LocalStaleReferenceContract;
import dev.heddle.testkit.contract.LocalThreadsContract;
import dev.heddle.testkit.contract.LocalTimelineContract;
import dev.heddle.testkit.contract.MapContract;
import dev.heddle.testkit.contract.MapLazinessContract;
import dev.heddle.testkit.contract.ObservabilityContract;
import dev.heddle.testkit.contract.OutcomesContract;
import dev.heddle.testkit.contract.ProgressContract;
import dev.heddle.testkit.contract.RetryContract;
import dev.heddle.testkit.contract.SchedulingContract;
import dev.heddle.testkit.contract.ScopeCloseContract;
import dev.heddle.testkit.contract.ScopeContract;
import dev.heddle.testkit.contract.ShutdownContract;
import dev.heddle.testkit.contract.SubmitContract;
import dev.heddle.testkit.contract.TimeoutContract;
import dev.heddle.testkit.contract.WaitContract;

/** The suites that every engine in this JVM passes. */
interface AnyEngineContract
    extends
      SubmitContract,
      MapContract,
      MapLazinessContract,
      OutcomesContract,
      FrontierContract,
      ProgressContract,
      CancelContract,
      WaitContract,
      AsCompletedContract,
      CallbackContract,
      ConversionContract,
      RetryContract,
      LimitContract,
      ScopeContract,
      ScopeCloseContract,
      SchedulingContract,
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
      LocalStaleReferenceContract,
      LocalTimelineContract {}
