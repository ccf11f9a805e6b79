package dev.heddle.codec;

import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Turns tasks into bytes: the parent's side of the codec, one per pool.
 *
 * <p>A lambda, method reference or record is sent as the number of its {@link Site} and what it holds; anything else by JDK
 * serialization. A task written in jshell takes along the values of the session's variables that it reads. Thread-safe;
 * nothing blocks, but user code in {@code writeObject} and the like runs.
 */
public final class TaskEncoder {
  private final ParentSpaces spaces = new ParentSpaces();
  private final ShellCode shellCode = new ShellCode();
  private final AllowList allowed;
  private final TaskSites sites;
  private final @Nullable SharedArrays arrays;
  private final Values values;
  private final CodecErrors errors;

  /**
   * An encoder with the default limits and without shared memory.
   *
   * @param errors creates the exceptions that are thrown
   */
  public TaskEncoder(CodecErrors errors) {
    this(DecodeLimits.DEFAULT, null, errors);
  }

  /**
   * An encoder.
   *
   * @param limits what to accept as results
   * @param arrays shared memory for large arrays; null for none
   * @param errors creates the exceptions that are thrown
   */
  public TaskEncoder(DecodeLimits limits, @Nullable SharedArrays arrays, CodecErrors errors) {
    this.errors = Objects.requireNonNull(errors, "errors must not be null");
    this.allowed = new AllowList(Objects.requireNonNull(limits, "limits must not be null").allowed());
    this.sites = new TaskSites(spaces, allowed);
    this.arrays = arrays;
    this.values = new Values(new ValueReader.Context(spaces, null, arrays, limits, SharedArrays.ANY), allowed, errors);
  }

  /** What workers ask for classes. */
  public ClassSupply classes() {
    return new ClassSupply(spaces);
  }

  /** Results and other values, as the parent reads and writes them. */
  public Values values() {
    return values;
  }

  /** Failures, as the parent reads them. */
  public Failures failures() {
    return new Failures(values);
  }

  /**
   * A task as bytes. Later changes to what it holds do not change it.
   *
   * @throws RuntimeException a {@link CodecErrors#taskNotSerializable} if something the task holds is not serializable, its
   *     own serialization throws, or it assigns a jshell variable
   */
  public EncodedTask encode(Object task) {
    Objects.requireNonNull(task, "task must not be null");
    try {
      return spaces.spaceOf(task.getClass()) == null
          ? ShellTask.encode(task, spaces, shellCode, allowed, arrays)
          : encodePlain(task);
    } catch (CodecException e) {
      throw errors.taskNotSerializable(String.valueOf(e.getMessage()), e.getCause());
    } catch (Throwable e) { // user code writes its objects, so this can be anything
      throw errors.taskNotSerializable(Complaint.of(name(task), task, e) + remedy(task, e), e);
    }
  }

  private EncodedTask encodePlain(Object task) throws IOException {
    try {
      ValueWriter writer = new ValueWriter(spaces, sites, arrays);
      byte[] payload = writer.write(task);
      Site site = sites.of(writer);
      if (site == null) { // too many combinations of call sites: that would define ever more of them
        writer.releaseShared();
        writer = new ValueWriter(spaces, null, arrays);
        payload = writer.write(task);
        site = TaskSites.SERIALIZED;
      }
      return new EncodedTask(site, payload, writer.shared());
    } catch (ShellTask.Needed e) {
      return ShellTask.encode(task, spaces, shellCode, allowed, arrays);
    }
  }

  private static String name(Object task) {
    return "the task, " + FieldPath.describe(task) + ",";
  }

  /** What one's own classes may do, too. */
  private static String orSerializable(Object offender, String type) {
    String name = offender.getClass().getName();
    return name.startsWith("java.") || name.startsWith("dev.heddle.") ? "" : ", or let " + type + " implement Serializable";
  }

  private static String remedy(Object task, Throwable thrown) {
    FieldPath.Found found = thrown instanceof java.io.NotSerializableException ? FieldPath.find(task) : null;
    if (found == null) {
      return "; a task may hold only what JDK serialization can write";
    }
    String type = FieldPath.describe(found.offender());
    if (found.capturesThis()) {
      return "; make the methods and fields it uses static, copy what it needs into local variables, or let "
          + type
          + " implement Serializable";
    }
    return found.offender().getClass().isHidden()
        ? "; declare it as TaskCallable, TaskRunnable or TaskFunction, or cast it to (Runnable & Serializable)"
        : "; make or open it inside the task, or pass what it is made from instead" + orSerializable(found.offender(), type);
  }
}
