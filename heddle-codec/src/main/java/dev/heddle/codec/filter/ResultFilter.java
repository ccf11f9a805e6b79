package dev.heddle.codec.filter;

import dev.heddle.base.Describe;
import dev.heddle.codec.DecodeLimits;
import dev.heddle.codec.form.Forms;
import dev.heddle.codec.message.ArrayKind;
import java.io.ObjectInputFilter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Filters the classes and limits the size of one result while it is deserialized; records what it refused. Not thread-safe.
 */
public final class ResultFilter implements ObjectInputFilter {
  private static final long SLACK = 4096;
  private static final long NANOS_PER_BYTE = 1_000; // a hundred times what ordinary objects take
  private static final byte[] BUILT_LATE = "ConcurrentHashMap".getBytes(StandardCharsets.US_ASCII);
  private static final long LEAST_REPEATED = 4_000_000_000L; // steps of comparisons, about eight seconds
  private static final int IGNORING_LETTERS = 16; // times as slow as comparing texts as they are
  private static final int MOST_PATIENCE = 30; // the limit for a large result, as a multiple of that for a small one

  private final AllowList allowed;
  private final DecodeLimits limits;
  private final long deadline;
  private final HashCost hashCost;
  private final @Nullable Collisions collisions;
  private boolean hashes;
  private boolean ordered;
  private boolean lettersIgnored;
  private long repeated; // references to earlier objects
  private long mostPlaces;
  private long places;
  private @Nullable Class<?> refusedClass;
  private @Nullable String exceeded;

  /**
   * Creates a filter.
   *
   * @param message is searched for the name of a class; its length limits the lengths of arrays and hash tables
   */
  public ResultFilter(AllowList allowed, DecodeLimits limits, byte[] message) {
    int length = message.length;
    this.allowed = allowed;
    this.limits = limits;
    this.mostPlaces = SLACK + 4L * length;
    this.hashCost = new HashCost(length);
    this.collisions = contains(message, BUILT_LATE) ? new Collisions(length) : null;
    long patience = limits.patience().toNanos();
    this.deadline = System.nanoTime() + patience + Math.min(NANOS_PER_BYTE * length, MOST_PATIENCE * patience);
  }

  /** Raises the limit for arrays that are in shared memory: the JDK passes those to its filter too. */
  public void expect(long bytes) {
    mostPlaces += bytes;
  }

  /**
   * Checks an object that has been read, before it becomes an element of another one.
   *
   * @return whether it is accepted
   */
  public boolean accepts(@Nullable Object object) {
    if (object != null && !hashCost.add(object) && hashes) {
      exceeded = "the hash codes of its nested collections and objects take too long to compute, or they take too long to compare";
      return false;
    }
    repeated -= object instanceof String ? 0 : 1;
    if (isTooSlowToCompare()) {
      return false;
    }
    if (collisions != null && !collisions.add(object, hashCost.weight(object))) {
      exceeded = "too many different objects have the same hash code";
      return false;
    }
    return true;
  }

  /**
   * Returns the number of steps in which an object that was {@linkplain #accepts accepted} is compared with an equal one.
   */
  public long weight(@Nullable Object object) {
    return hashCost.weight(object);
  }

  /**
   * Returns whether the elements of queues and concurrent maps, which the JDK compares once all have been read, are too
   * large. References to objects that the message holds before are not seen one by one; each counts as the largest of these.
   */
  private boolean isTooSlowToCompare() {
    long factor = ordered && lettersIgnored ? IGNORING_LETTERS : 1;
    long most = hashCost.mostCompared() / factor;
    long mostRepeated = (hashCost.mostCompared() + LEAST_REPEATED) / factor;
    boolean slow = (ordered && (hashCost.totalCompared() > most || repeated * hashCost.heaviest() > mostRepeated))
        || (collisions != null && repeated * collisions.heaviestTwin() > mostRepeated);
    if (slow) {
      exceeded = "the elements of a queue or map are large, so that they take too long to compare";
    }
    return slow;
  }

  /** Counts references to earlier objects. Each object has a reference to its class, too, or else the class itself. */
  private void count(@Nullable Class<?> type, long arrayLength) {
    repeated += type == null || arrayLength < 0 ? 1 : 0;
    if (type != null) {
      ordered |= PriorityQueue.class.isAssignableFrom(type);
      lettersIgnored |= type == String.CASE_INSENSITIVE_ORDER.getClass();
    }
  }

  /** Returns the class that was refused; null if none was. */
  @Nullable
  public Class<?> refusedClass() {
    return refusedClass;
  }

  /** Returns a description of the limit that was exceeded; null if none was. */
  @Nullable
  public String exceeded() {
    return exceeded;
  }

  /**
   * Checks the class of an object that is about to be read, and not one that a form has made.
   *
   * @return whether it is accepted
   */
  public boolean acceptsRead(Class<?> type) {
    if (Forms.isMadeByForm(type) && !allowed.isAllowedByName(type)) {
      refusedClass = type;
      return false;
    }
    return true;
  }

  @Override
  public Status checkInput(FilterInfo info) {
    Class<?> type = info.serialClass();
    if (info.depth() > limits.maxDepth()) {
      exceeded = "objects refer to each other more than " + limits.maxDepth() + " deep";
      return Status.REJECTED;
    }
    if (info.references() > limits.maxReferences()) {
      exceeded = "there are more than " + limits.maxReferences() + " objects";
      return Status.REJECTED;
    }
    if (System.nanoTime() - deadline > 0) { // for example when the keys of a map all have one hash code
      exceeded = "reading its objects takes longer than " + Describe.duration(limits.patience())
          + " and 1 ms for each of its KB (at the most " + MOST_PATIENCE + " times as long)";
      return Status.REJECTED;
    }
    count(type, info.arrayLength());
    if (type == null && isTooSlowToCompare()) {
      return Status.REJECTED;
    }
    if (info.arrayLength() >= 0) {
      ArrayKind kind = type == null ? null : ArrayKind.of(type);
      places += info.arrayLength() * (kind == null ? 1 : kind.bytes());
      if (places > mostPlaces) {
        exceeded = "arrays claim to hold " + places + " values, more than the message can";
        return Status.REJECTED;
      }
    }
    if (type == null) {
      return Status.UNDECIDED;
    }
    Class<?> element = type;
    while (element.isArray()) {
      element = element.componentType();
    }
    if (collisions == null && ConcurrentHashMap.class.isAssignableFrom(element)) {
      exceeded = "it spells the name of a class in an unusual way";
      return Status.REJECTED;
    }
    if (allowed.allows(element)) {
      hashes |= isHashed(type);
      return Status.ALLOWED;
    }
    refusedClass = element;
    return Status.REJECTED;
  }

  /** Returns whether decoding an object of this class computes hash codes or compares elements. */
  private static boolean isHashed(Class<?> type) {
    String name = type.getName();
    return type == CheckedCollection.class
        || PriorityQueue.class.isAssignableFrom(type)
        || (type.getClassLoader() == null && type != IdentityHashMap.class && name.contains("Hash"));
  }

  private static boolean contains(byte[] message, byte[] name) {
    for (int at = 0; at <= message.length - name.length; at++) {
      if (message[at] == name[0] && Arrays.equals(message, at, at + name.length, name, 0, name.length)) {
        return true;
      }
    }
    return false;
  }
}
