package dev.heddle.iter;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/** An agent that changes the classes of the programs that tests start, as {@link Weaver} does. */
public final class WeavingAgent {
  private WeavingAgent() {}

  /** Called by the virtual machine when the agent is attached to a program that runs. */
  public static void agentmain(String kind, Instrumentation instrumentation) throws UnmodifiableClassException {
    premain(kind, instrumentation);
    for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
      if (loaded.getName().equals("Main")) {
        instrumentation.retransformClasses(loaded);
      }
    }
  }

  /** Called by the virtual machine before the program. */
  public static void premain(String kind, Instrumentation instrumentation) {
    Weaver weaver = new Weaver(kind);
    weaver.weave(new byte[0]);
    instrumentation.addTransformer(new ClassFileTransformer() {
      @Override
      public byte @Nullable [] transform(
          @Nullable ClassLoader loader, @Nullable String name, @Nullable Class<?> type, ProtectionDomain domain,
          byte[] bytes) {
        return name != null && (name.startsWith("Main") || name.startsWith("fuzzed/")) ? weaver.weave(bytes) : null;
      }
    }, true);
  }
}
