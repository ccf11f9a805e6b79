package dev.heddle.queue;

import dev.heddle.base.Check;
import dev.heddle.futures.TaskFunction;
import dev.heddle.iter.Iter;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Flow;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A plan of work in stages, each done by workers of its own, with bounded queues between them.
 *
 * <pre>{@code
 * PipelineReport report =
 *     Pipeline.from(urls)
 *         .stage("download", 8, Shop::download)
 *         .stage("resize", 2, Shop::resize)
 *         .to(Shop::upload)
 *         .run();
 * System.out.println(report); // what each stage did, and which one holds the others up
 * }</pre>
 *
 * <p>Each method returns a new plan; nothing happens before it is run. A plan that is used twice hands each item to both
 * users ({@link #fanOut} does that), and {@link #merge} makes one plan of several. An item is never null.
 *
 * <p><b>Memory stays flat:</b> whoever would run ahead waits for room ({@link StageOptions#buffer}), up to the source, so
 * that endless sources are fine. <b>Order:</b> results leave a stage in the order of its items, unless it is {@linkplain
 * StageOptions#unordered unordered}. <b>Failures:</b> see {@link FailurePolicy}. <b>The end</b> travels both ways: a
 * source that runs dry ends stage after stage; a sink that wants no more, a {@link #limit}, a failed stage and a closed
 * iteration cancel what works for them, by interrupting its workers. An item that came in and did not come out is handed
 * to {@link PipelineOptions#undelivered}, so none is lost. When a run is over, its threads have ended.
 *
 * <p>Immutable and thread-safe; a plan may be run several times, at once too, if its source can be iterated several times.
 * What a stage did with an item happens-before what the next one does with it, and all of it before the run's end.
 *
 * <p>Origin: the pipelines of workers that Python programs build of {@code queue.Queue} and threads.
 *
 * @param <T> the type of the items that leave it
 */
public final class Pipeline<T> {
  private final List<Node> tails;
  private final PipelineOptions options;

  private Pipeline(List<Node> tails, PipelineOptions options) {
    this.tails = tails;
    this.options = options;
  }

  // ---- sources ----

  /**
   * A pipeline over the elements of a source, asked for by one thread of the pipeline's.
   *
   * @param source a collection, a {@link ClosableQueue}, an {@link Iter} …; one that is {@link AutoCloseable}, or whose
   *     iterator is, is closed at the run's end, so that whoever puts into a queue learns that nobody takes any more
   */
  public static <T> Pipeline<T> from(Iterable<? extends T> source) {
    Check.notNull(source, "source");
    return over(() -> Iter.from(source));
  }

  /** A pipeline over what is left of an iterator. */
  public static <T> Pipeline<T> fromIterator(Iterator<? extends T> source) {
    Check.notNull(source, "source");
    return over(() -> Iter.fromIterator(source));
  }

  /** A pipeline over the elements of a stream, which is closed at the run's end. */
  public static <T> Pipeline<T> fromStream(Stream<? extends T> source) {
    Check.notNull(source, "source");
    return over(() -> Iter.fromStream(source));
  }

  /**
   * A pipeline over the items of a publisher. Each run subscribes anew, asks for as many items as there is room for, and
   * cancels the subscription when it ends early.
   */
  public static <T> Pipeline<T> fromPublisher(Flow.Publisher<? extends T> source) {
    Check.notNull(source, "source");
    return over(() -> new PublisherIter<>(source, PublisherIter.BUFFER));
  }

  private static <T> Pipeline<T> over(Supplier<Iter<?>> open) {
    return new Pipeline<>(List.of(new Node.Source("source", open)), PipelineOptions.defaults());
  }

  /** This pipeline, straight from its source, with another name for the source than {@code source}. */
  public Pipeline<T> named(String name) {
    Check.notBlank(name, "name", "it names the source's thread and its line in the report");
    if (tails.size() == 1 && tails.getFirst() instanceof Node.Source source) {
      return new Pipeline<>(List.of(new Node.Source(name, source.open())), options);
    }
    throw new IllegalStateException(
        "named() must directly follow from(…), but there are stages; name the source before them");
  }

  /** These stages with options for the run; of several calls the last counts. */
  public Pipeline<T> with(PipelineOptions options) {
    return new Pipeline<>(tails, Check.notNull(options, "options"));
  }

  // ---- stages ----

  /**
   * Hands on what a function makes of each item.
   *
   * @param name for messages, threads and the report; unlike any other stage's
   * @param workers how many items are worked on at once, at least 1
   * @param fn may throw; serializable for those who run it elsewhere; its result must not be null
   */
  public <R> Pipeline<R> stage(String name, int workers, TaskFunction<? super T, ? extends R> fn) {
    return stage(name, StageOptions.workers(workers), fn);
  }

  /** {@link #stage(String, int, TaskFunction) stage} with an executor, retries, a buffer, a failure policy … */
  public <R> Pipeline<R> stage(String name, StageOptions options, TaskFunction<? super T, ? extends R> fn) {
    return call(name, options, Node.Shape.MAP, fn);
  }

  /** Hands on the items for which a predicate is true. */
  public Pipeline<T> filter(String name, int workers, TaskFunction<? super T, Boolean> predicate) {
    return filter(name, StageOptions.workers(workers), predicate);
  }

  /** {@link #filter(String, int, TaskFunction) filter} with an executor, retries, a buffer, a failure policy … */
  public Pipeline<T> filter(String name, StageOptions options, TaskFunction<? super T, Boolean> predicate) {
    return call(name, options, Node.Shape.FILTER, predicate);
  }

  /**
   * Hands on the elements of what a function makes of each item: none, one or many, also endlessly many. What is {@link
   * AutoCloseable}, or whose iterator is, is closed after its last element, and when no more are wanted.
   */
  public <R> Pipeline<R> flatMap(
      String name, int workers, TaskFunction<? super T, ? extends Iterable<? extends R>> fn) {
    return flatMap(name, StageOptions.workers(workers), fn);
  }

  /** {@link #flatMap(String, int, TaskFunction) flatMap} with an executor, retries, a buffer, a failure policy … */
  public <R> Pipeline<R> flatMap(
      String name, StageOptions options, TaskFunction<? super T, ? extends Iterable<? extends R>> fn) {
    return call(name, options, Node.Shape.FLAT, fn);
  }

  /**
   * Hands on lists of {@code size} items, the last perhaps shorter. The way back is {@code flatMap(name, 1, list -> list)}.
   */
  public Pipeline<List<T>> batch(String name, int size) {
    Check.positive(size, "size", "it says how many items make a batch");
    return then(name, StageOptions.workers(1), new Node.Batch(size, null));
  }

  /**
   * Hands on lists of {@code size} items, and a shorter one when time is up.
   *
   * @param maxWait how long after its first item a list is handed on at the latest, longer than zero
   */
  public Pipeline<List<T>> batch(String name, int size, Duration maxWait) {
    Check.positive(size, "size", "it says how many items make a batch");
    Check.positive(maxWait, "maxWait", "leave it out to wait as long as it takes");
    return then(name, StageOptions.workers(1), new Node.Batch(size, maxWait));
  }

  /** Hands on the first {@code count} items, at least 1, and then cancels what is before it. */
  public Pipeline<T> limit(String name, long count) {
    Check.positive(count, "count", "a pipeline that hands on nothing need not run");
    return then(name, StageOptions.workers(1), new Node.Limit(count));
  }

  /**
   * Hands each item to several branches, and on what comes out of any of them, as it is ready. The slowest branch sets the
   * pace; one that wants no more is left out.
   *
   * <pre>{@code
   * pipeline.fanOut(all -> all.stage("thumb", 2, Shop::thumb), all -> all.stage("poster", 2, Shop::poster))
   * }</pre>
   */
  @SafeVarargs
  public final <R> Pipeline<R> fanOut(Function<Pipeline<T>, ? extends Pipeline<? extends R>>... branches) {
    Check.notNull(branches, "branches");
    List<Pipeline<? extends R>> all = new ArrayList<>();
    for (Function<Pipeline<T>, ? extends Pipeline<? extends R>> branch : branches) {
      all.add(Check.notNull(Check.notNull(branch, "a branch").apply(this), "the pipeline of a branch"));
    }
    return Pipeline.<R>merge(all).with(options);
  }

  /** The items of several pipelines, as they are ready; it has the options of the first. */
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public static <T> Pipeline<T> merge(Pipeline<? extends T>... pipelines) {
    return merge(List.of(Check.notNull(pipelines, "pipelines")));
  }

  /** The items of several pipelines, at least one, as they are ready; it has the options of the first. */
  public static <T> Pipeline<T> merge(List<? extends Pipeline<? extends T>> pipelines) {
    if (Check.notNull(pipelines, "pipelines").isEmpty()) {
      throw new IllegalArgumentException("pipelines must not be empty; there is nothing to merge or to fan out to");
    }
    Set<Node> tails = new LinkedHashSet<>();
    for (Pipeline<?> pipeline : pipelines) {
      tails.addAll(Check.notNull(pipeline, "a pipeline").tails);
    }
    Pipeline<?> first = pipelines.getFirst();
    return new Pipeline<>(List.copyOf(tails), first.options);
  }

  @SuppressWarnings("unchecked") // the types were checked by the caller's signature; the nodes do without
  private <R> Pipeline<R> call(
      String name, StageOptions options, Node.Shape shape, TaskFunction<? super T, ?> fn) {
    Check.notNull(fn, shape.isSink() ? "sink" : "fn");
    return then(name, options, new Node.Call(shape, (TaskFunction<Object, @Nullable Object>) fn));
  }

  private <R> Pipeline<R> then(String name, StageOptions options, Node.Work work) {
    Check.notBlank(name, "name", "it names the stage's threads and its line in the report");
    Check.notNull(options, "options");
    return new Pipeline<>(List.of(new Node.Stage(name, options, work, tails)), this.options);
  }

  // ---- sinks ----

  /** What a sink does with an item; it may throw, and can be sent to another process if what it captures can. */
  @FunctionalInterface
  public interface Sink<T> extends Serializable {

    /** Takes an item. */
    void accept(T item) throws Exception;
  }

  /** Hands each item to a sink, one after the other. */
  public RunnablePipeline to(Sink<? super T> sink) {
    return to("sink", StageOptions.workers(1), sink);
  }

  /**
   * Hands each item to a sink that has a name, and perhaps several workers: then it is called by several threads at once.
   */
  public RunnablePipeline to(String name, StageOptions options, Sink<? super T> sink) {
    Check.notNull(sink, "sink");
    return new RunnablePipeline(
        this.call(
            name,
            options,
            Node.Shape.SINK,
            item -> {
              sink.accept(item);
              return true;
            }));
  }

  /** Hands each item to a sink as long as it returns true; then it cancels what is before it. */
  public RunnablePipeline toWhile(TaskFunction<? super T, Boolean> sink) {
    return new RunnablePipeline(call("sink", StageOptions.workers(1), Node.Shape.SINK_WHILE, sink));
  }

  List<Node> tails() {
    return tails;
  }

  Run newRun(int resultBuffer) {
    return new Run(options, tails, resultBuffer);
  }

  // ---- results without a sink ----

  /**
   * The results, computed at most some buffers ahead of whoever takes them.
   *
   * <p>The run starts with the first call of {@code hasNext} or {@code next}. Closing the iteration early cancels it.
   *
   * @return a single-use iterator, for one thread at a time; {@code next} waits, throws {@link PipelineException} after the
   *     last result of a run that failed, and {@link QueueInterruptedException} if its thread is interrupted
   */
  public Iter<T> iterate() {
    return new ResultIter<>(() -> newRun(StageOptions.workers(1).effectiveBuffer()));
  }

  /** The results as a sequential stream, which must be closed if it is not read to its end: {@link #iterate()}. */
  public Stream<T> stream() {
    return iterate().stream();
  }

  /**
   * The results for subscribers, at the pace at which each asks for them. Each subscription is a run of its own, on a
   * virtual thread that calls the subscriber; cancelling it cancels the run. It is to be subscribed to once if the source
   * can be iterated once.
   */
  public Flow.Publisher<T> publisher() {
    return new IterPublisher<>(this::iterate);
  }
}
