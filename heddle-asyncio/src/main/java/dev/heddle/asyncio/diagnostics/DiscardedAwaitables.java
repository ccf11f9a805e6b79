package dev.heddle.asyncio.diagnostics;

import dev.heddle.asyncio.LoopProblem;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.lang.constant.ClassDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Finds calls whose result is an awaitable that the code discards, such as the statement {@code queue.put(x);}: nothing
 * happens there, since an operation or coroutine begins when it is awaited.
 *
 * <p>A class is read once, when the first of its bodies begins; the running program pays nothing for it. Calls by method
 * reference, and awaitables that are stored and then forgotten, are not found.
 */
public final class DiscardedAwaitables {
  private static final Set<ClassDesc> AWAITABLES = Set
      .of(ClassDesc.of("dev.heddle.asyncio.Awaitable"), ClassDesc.of("dev.heddle.asyncio.Async"));

  /** This module's own parts, which need no reading. */
  private static final List<String> OWN = List.of("dev.heddle.asyncio.io.", "dev.heddle.asyncio.run.",
      "dev.heddle.asyncio.sync.",
      "dev.heddle.asyncio.task.", "dev.heddle.asyncio.wait.", "dev.heddle.asyncio.Asyncio", "dev.heddle.asyncio.Condition",
      "dev.heddle.asyncio.AsyncIterator");

  private static final int MAX_REPORTS = 20;

  /** For the class of a body: whether it still has to be looked at. */
  private static final ClassValue<AtomicBoolean> BODIES = new ClassValue<>() {
    @Override
    protected AtomicBoolean computeValue(Class<?> type) {
      return new AtomicBoolean(true);
    }
  };

  /** For a class with code: whether it still has to be read. */
  private static final ClassValue<AtomicBoolean> HOSTS = new ClassValue<>() {
    @Override
    protected AtomicBoolean computeValue(Class<?> type) {
      return new AtomicBoolean(true);
    }
  };

  private DiscardedAwaitables() {}

  /**
   * Reports the discarded awaitables in the class in which a body is written, the first time that one of its bodies begins.
   */
  public static void check(Class<?> body, ProblemReporter problems) {
    AtomicBoolean open = BODIES.get(body);
    if (open.getPlain() && open.getAndSet(false)) {
      Class<?> host = host(body);
      if (host != null && HOSTS.get(host).getAndSet(false)) {
        List<String> found = find(host);
        found.stream().limit(MAX_REPORTS).forEach(each -> report(each + " is never awaited: its result is", problems));
        int more = found.size() - MAX_REPORTS;
        if (more > 0) {
          report(more + " more calls in " + host.getName() + " are never awaited: their results are", problems);
        }
      }
    }
  }

  private static void report(String what, ProblemReporter problems) {
    problems.report(LoopProblem.Kind.NEVER_AWAITED,
        what + " discarded, so nothing happens; write a.await(…) around it, or make it a task", null);
  }

  /** The class in whose source the body is written; null if it need not or cannot be read. */
  private static @Nullable Class<?> host(Class<?> body) {
    String name = body.getName();
    int lambda = name.indexOf("$$Lambda");
    if (OWN.stream().anyMatch(name::startsWith)) {
      return null;
    }
    if (lambda < 0) {
      return body.isHidden() ? null : body;
    }
    try {
      return Class.forName(name.substring(0, lambda), false, body.getClassLoader());
    } catch (ClassNotFoundException | LinkageError e) {
      return null;
    }
  }

  /** The discarded calls of a class, as texts with their lines. */
  static List<String> find(Class<?> host) {
    List<String> found = new ArrayList<>();
    String resource = host.getName().substring(host.getPackageName().isEmpty() ? 0 : host.getPackageName().length() + 1)
        + ".class";
    try (InputStream in = host.getResourceAsStream(resource)) {
      if (in != null) {
        ClassModel model = ClassFile.of(ClassFile.DebugElementsOption.PASS_DEBUG).parse(in.readAllBytes());
        for (MethodModel method : model.methods()) {
          method.code().ifPresent(code -> find(host, code, found));
        }
      }
    } catch (IOException | RuntimeException e) {
      // a class that cannot be read, or of a version that this JDK does not know: it is not checked
    }
    return found;
  }

  private static void find(Class<?> host, CodeModel code, List<String> found) {
    int line = -1;
    int callLine = -1;
    InvokeInstruction call = null;
    for (CodeElement element : code) {
      if (element instanceof LineNumber number) {
        line = number.line();
      } else if (element instanceof InvokeInstruction invoke) {
        call = invoke;
        callLine = line;
      } else if (element instanceof Instruction instruction) {
        if (call != null && instruction.opcode() == Opcode.POP && isLazy(call)) {
          String owner = call.owner().asSymbol().displayName();
          found.add(
              owner + "." + call.name().stringValue() + "(…) in " + host.getName()
                  + (callLine < 0 ? "" : ", line " + callLine + ","));
        }
        call = null;
      }
    }
  }

  /** Returns whether a call only describes work; another library's method may return an awaitable whose work has begun. */
  private static boolean isLazy(InvokeInstruction call) {
    ClassDesc returned = call.typeSymbol().returnType();
    return AWAITABLES.contains(returned)
        && (returned.displayName().equals("Async")
            || call.owner().asSymbol().packageName().equals("dev.heddle.asyncio"));
  }
}
