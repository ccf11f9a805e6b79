package dev.heddle.queue;

import dev.heddle.base.Check;
import dev.heddle.futures.TaskFunction;
import dev.heddle.iter.Iter;
import dev.heddle.queue.flow.IterPublisher;
import dev.heddle.queue.flow.PublisherIter;
import dev.heddle.queue.plan.PlanNode;
import dev.heddle.queue.run.PipelineExecution;
import dev.heddle.queue.run.ResultIter;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Flow;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A plan of stages, each with its own workers, connected by bounded queues.
 *
 * <pre>{@code
 * PipelineReport report =
 *     Pipeline.from(urls)
 *         .stage("download", 8, Shop::download)
 *         .stage("resize", 2, Shop::resize)
 *         .to(Shop::upload)
 *         .run();
 * System.out.println(report); // what each stage did, and which one limits the throughput
 * }</pre>
 *
 * <p>Each method returns a new plan; nothing happens before it is run. A plan that two others are built on hands each item
 * to both ({@link #fanOut} does that), and {@link #merge} makes one plan of several. An item is never null.
 *
 * <p><b>Memory is bounded:</b> a stage that is ahead waits for space in the next queue ({@link StageOptions#buffer}), and so
 * does the source, so that infinite sources are possible. <b>Order:</b> a stage hands on results in the order of its items,
 * unless it is {@linkplain StageOptions#unordered unordered}. <b>Failures:</b> see {@link FailurePolicy}. <b>The end</b>
 * propagates in both directions: an exhausted source ends stage after stage; a sink that wants no more, a {@link #limit}, a
 * failed stage and a closed iteration cancel the stages before them, by interrupting their workers. An item that came in and
 * did not come out is handed to {@link PipelineOptions#undelivered}, so none is lost. When a run has ended, its threads have
 * ended.
 *
 * <p>Immutable and thread-safe; a plan may be run several times, at once too, if its source can be iterated several times.
 * What a stage does with an item happens-before what the next one does with it, and all of it before the run's end.
 *
 * <p>Origin: the worker pipelines that Python programs build with {@code queue.Queue} and threads.
 *
 * @param <T> the type of the results
 */
public final class Pipeline<T> {
  private static final int RESULT_BUFFER = 32;

  private final List<PlanNode> tails;
  private final PipelineOptions options;

  private Pipeline(List<PlanNode> tails, PipelineOptions options) {
    this.tails = tails;
    this.options = options;
  }

  // ---- sources ----

  /**
   * Returns a pipeline over the elements of a source, which one thread of the run iterates over.
   *
   * @param source a collection, a {@link ClosableQueue}, an {@link Iter} …; one that is {@link AutoCloseable}, or whose
   *     iterator is, is closed at the run's end, so that putters of a queue learn that no more items are taken
   */
  public static <T> Pipeline<T> from(Iterable<? extends T> source) {
    Check.notNull(source, "source");
    Supplier<OptionalLong> size = source instanceof Collection<?> items
        ? () -> OptionalLong.of(items.size())
        : OptionalLong::empty;
    return new Pipeline<>(
        List.of(new PlanNode.Source("source", () -> Iter.from(source), size)), PipelineOptions.defaults());
  }

  /** Returns a pipeline over the remaining elements of an iterator. */
  public static <T> Pipeline<T> fromIterator(Iterator<? extends T> source) {
    Check.notNull(source, "source");
    return over(() -> Iter.fromIterator(source));
  }

  /** Returns a pipeline over the elements of a stream, which is closed at the run's end. */
  public static <T> Pipeline<T> fromStream(Stream<? extends T> source) {
    Check.notNull(source, "source");
    return over(() -> Iter.fromStream(source));
  }

  /**
   * Returns a pipeline over the items of a publisher. Each run subscribes anew, requests as many items as there is space
   * for, and cancels the subscription when it ends early.
   */
  public static <T> Pipeline<T> fromPublisher(Flow.Publisher<? extends T> source) {
    Check.notNull(source, "source");
    return over(() -> new PublisherIter<>(source, PublisherIter.BUFFER));
  }

  private static <T> Pipeline<T> over(Supplier<Iter<?>> open) {
    return new Pipeline<>(List.of(new PlanNode.Source("source", open)), PipelineOptions.defaults());
  }

  /** Returns this pipeline, which has no stages yet, with another name for the source than {@code source}. */
  public Pipeline<T> named(String name) {
    Check.notBlank(name, "name", "it names the source's thread and its line in the report");
    if (tails.size() == 1 && tails.getFirst() instanceof PlanNode.Source source) {
      return new Pipeline<>(List.of(new PlanNode.Source(name, source.open(), source.size())), options);
    }
    throw new IllegalStateException(
        "named() must directly follow from(…), but there are stages; name the source before them");
  }

  /** Returns this pipeline with options for the run; they replace those given before. */
  public Pipeline<T> with(PipelineOptions options) {
    return new Pipeline<>(tails, Check.notNull(options, "options"));
  }

  // ---- stages ----

  /**
   * Adds a stage that hands on the result of a function for each item.
   *
   * @param name the name in messages, threads and the report; unique in the pipeline
   * @param workers how many items are processed at once, at least 1
   * @param fn may throw; serializable, for executors that run it in another process; its result must not be null
   */
  public <R> Pipeline<R> stage(String name, int workers, TaskFunction<? super T, ? extends R> fn) {
    return stage(name, StageOptions.workers(workers), fn);
  }

  /** {@link #stage(String, int, TaskFunction) stage} with an executor, retries, a buffer, a failure policy … */
  public <R> Pipeline<R> stage(String name, StageOptions options, TaskFunction<? super T, ? extends R> fn) {
    return call(name, options, PlanNode.Shape.MAP, fn);
  }

  /** Adds a stage that hands on the items for which a predicate is true. */
  public Pipeline<T> filter(String name, int workers, TaskFunction<? super T, Boolean> predicate) {
    return filter(name, StageOptions.workers(workers), predicate);
  }

  /** {@link #filter(String, int, TaskFunction) filter} with an executor, retries, a buffer, a failure policy … */
  public Pipeline<T> filter(String name, StageOptions options, TaskFunction<? super T, Boolean> predicate) {
    return call(name, options, PlanNode.Shape.FILTER, predicate);
  }

  /**
   * Adds a stage that hands on the elements of a function's result for each item: none, one, many or infinitely many. A
   * result that is {@link AutoCloseable}, or whose iterator is, is closed after its last element, and when no more are
   * wanted.
   */
  public <R> Pipeline<R> flatMap(
      String name, int workers, TaskFunction<? super T, ? extends Iterable<? extends R>> fn) {
    return flatMap(name, StageOptions.workers(workers), fn);
  }

  /** {@link #flatMap(String, int, TaskFunction) flatMap} with an executor, retries, a buffer, a failure policy … */
  public <R> Pipeline<R> flatMap(
      String name, StageOptions options, TaskFunction<? super T, ? extends Iterable<? extends R>> fn) {
    return call(name, options, PlanNode.Shape.FLAT, fn);
  }

  /**
   * Adds a stage that hands on lists of {@code size} items; the last may be shorter. The inverse is {@code flatMap(name, 1,
   * list -> list)}.
   */
  public Pipeline<List<T>> batch(String name, int size) {
    Check.positive(size, "size", "it is the number of items in a list");
    return then(name, StageOptions.workers(1), new PlanNode.Batch(size, null));
  }

  /**
   * Adds a stage that hands on lists of {@code size} items, and a shorter one when {@code maxWait} is over.
   *
   * @param maxWait the longest time between the first item of a list and handing it on, longer than zero
   */
  public Pipeline<List<T>> batch(String name, int size, Duration maxWait) {
    Check.positive(size, "size", "it is the number of items in a list");
    Check.positive(maxWait, "maxWait", "leave it out to wait without a limit");
    return then(name, StageOptions.workers(1), new PlanNode.Batch(size, maxWait));
  }

  /** Adds a stage that hands on the first {@code count} items, at least 1, and then cancels the stages before it. */
  public Pipeline<T> limit(String name, long count) {
    Check.positive(count, "count", "a pipeline without results need not run");
    return then(name, StageOptions.workers(1), new PlanNode.Limit(count));
  }

  /**
   * Hands each item to several branches, and hands on their results as they become ready. The slowest branch sets the pace;
   * a branch that wants no more gets no more.
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

  /** Returns a pipeline of the items of several, as they become ready; it has the options of the first. */
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public static <T> Pipeline<T> merge(Pipeline<? extends T>... pipelines) {
    return merge(List.of(Check.notNull(pipelines, "pipelines")));
  }

  /** Returns a pipeline of the items of several, at least one, as they become ready; it has the options of the first. */
  public static <T> Pipeline<T> merge(List<? extends Pipeline<? extends T>> pipelines) {
    if (Check.notNull(pipelines, "pipelines").isEmpty()) {
      throw new IllegalArgumentException("pipelines must not be empty; there is nothing to merge or to fan out to");
    }
    Set<PlanNode> tails = new LinkedHashSet<>();
    for (Pipeline<?> pipeline : pipelines) {
      tails.addAll(Check.notNull(pipeline, "a pipeline").tails);
    }
    Pipeline<?> first = pipelines.getFirst();
    return new Pipeline<>(List.copyOf(tails), first.options);
  }

  @SuppressWarnings("unchecked") // the types were checked by the caller's signature; the nodes have none
  private <R> Pipeline<R> call(
      String name, StageOptions options, PlanNode.Shape shape, TaskFunction<? super T, ?> fn) {
    Check.notNull(fn, shape.isSink() ? "sink" : "fn");
    return then(name, options, new PlanNode.Call(shape, (TaskFunction<Object, @Nullable Object>) fn));
  }

  private <R> Pipeline<R> then(String name, StageOptions options, PlanNode.Work work) {
    Check.notBlank(name, "name", "it names the stage's threads and its line in the report");
    Check.notNull(options, "options");
    return new Pipeline<>(List.of(new PlanNode.Stage(name, options, work, tails)), this.options);
  }

  // ---- sinks ----

  /** The function of a sink. It may throw, and can run in another process if what it captures is serializable. */
  @FunctionalInterface
  public interface Sink<T> extends Serializable {

    /** Takes an item. */
    void accept(T item) throws Exception;
  }

  /** Adds a sink, which is called with one item after the other. */
  public RunnablePipeline to(Sink<? super T> sink) {
    return to("sink", StageOptions.workers(1), sink);
  }

  /**
   * Adds a sink with a name and options. With several workers it is called by several threads at once.
   */
  public RunnablePipeline to(String name, StageOptions options, Sink<? super T> sink) {
    Check.notNull(sink, "sink");
    return new RunnablePipeline(
        this.call(
            name,
            options,
            PlanNode.Shape.SINK,
            item -> {
              sink.accept(item);
              return true;
            }));
  }

  /** Adds a sink that is called with each item as long as it returns true; then the stages before it are cancelled. */
  public RunnablePipeline toWhile(TaskFunction<? super T, Boolean> sink) {
    return new RunnablePipeline(call("sink", StageOptions.workers(1), PlanNode.Shape.SINK_WHILE, sink));
  }

  List<PlanNode> tails() {
    return tails;
  }

  PipelineExecution newExecution(int resultBuffer) {
    return new PipelineExecution(options, tails, resultBuffer);
  }

  // ---- results without a sink ----

  /**
   * Returns the results, computed ahead of the consumer by the capacity of the queues at most.
   *
   * <p>The run starts with the first call of {@code hasNext} or {@code next}. Closing the iteration early cancels it.
   *
   * @return a single-use iterator, for one thread at a time; {@code next} waits, throws {@link PipelineException} after the
   *     last result of a run that failed, and {@link QueueInterruptedException} if its thread is interrupted
   */
  public Iter<T> iterate() {
    return new ResultIter<>(() -> newExecution(RESULT_BUFFER));
  }

  /** Returns the results as a sequential stream; close it if it is not read to its end. See {@link #iterate()}. */
  public Stream<T> stream() {
    return iterate().stream();
  }

  /**
   * Returns a publisher of the results, at the pace of each subscriber's requests. Each subscription is a run of its own,
   * with a virtual thread that calls the subscriber; cancelling it cancels the run. Subscribe once only if the source can be
   * iterated once only.
   */
  public Flow.Publisher<T> publisher() {
    return new IterPublisher<>(this::iterate);
  }
}
