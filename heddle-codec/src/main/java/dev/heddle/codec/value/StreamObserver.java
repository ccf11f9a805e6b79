package dev.heddle.codec.value;

import java.lang.invoke.SerializedLambda;

/** Receives the classes and lambdas of the objects that a {@link GraphOutput} writes. */
public interface StreamObserver {

  /** Called with each class of a jshell session. */
  void shellClass(Class<?> type);

  /** Called with each other class. */
  void otherClass(Class<?> type);

  /** Called with each lambda. */
  void lambda(SerializedLambda lambda);
}
