package dev.heddle.codec;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A parent's encoder and a worker's decoder in one JVM; the worker lacks the classes of {@code apps}. */
final class Ends {
  final TaskEncoder parent;
  final TaskDecoder worker;
  final List<String> asked = new ArrayList<>();
  private final Set<Integer> sent = new HashSet<>();

  Ends() {
    this(DecodeLimits.DEFAULT, null);
  }

  Ends(DecodeLimits limits, @Nullable Path folder) {
    this(new TaskEncoder(limits, folder == null ? null : SharedArrays.ofParent(folder), TestErrors.INSTANCE), folder, 1);
  }

  Ends(TaskEncoder parent, @Nullable Path folder, int number) {
    this.parent = parent;
    ClassSupply supply = parent.classes();
    this.worker = new TaskDecoder(
        name -> {
          asked.add(name);
          return supply.answer(name);
        },
        folder == null ? null : SharedArrays.ofWorker(folder, number),
        TestErrors.INSTANCE,
        new Hiding());
  }

  /** Sees all classes but those of the tasks. */
  private static final class Hiding extends ClassLoader {
    Hiding() {
      super("hiding", Ends.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("dev.heddle.codec.apps.") || name.startsWith("REPL.")) {
        throw new ClassNotFoundException(name);
      }
      return super.loadClass(name, resolve);
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
      return null;
    }
  }

  Callable<?> send(Object task) throws Exception {
    EncodedTask encoded = parent.encode(task);
    if (sent.add(encoded.site().id())) {
      worker.define(encoded.site().id(), encoded.site().definition());
    }
    return worker.decode(encoded.site().id(), encoded.payload());
  }

  /** Sends a task, calls it, and brings the result back. */
  @Nullable
  Object run(Object task) throws Exception {
    return parent.values().decode(worker.values().encode(send(task).call()));
  }

  Throwable fail(Throwable thrown) {
    return parent.failures().decode(worker.failures().encode(thrown, "t"));
  }
}
