package dev.heddle.dispatch;

import dev.heddle.timeline.TimelineRecorder;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a dispatcher. Immutable; validated by the engine that offers them to users.
 *
 * @param name the executor's name, for messages
 * @param workers how many tasks run at once at most
 * @param spares how many workers are kept ready to replace one that ends
 * @param maxTasksPerWorker after how many tasks a worker is replaced; 0 means never
 * @param idleTimeout after how long without a task a worker ends
 * @param maxMemory how much memory of its own a worker may take, in bytes; 0 means no limit
 * @param claimTimeout how long a worker may take to start a task that it was sent, until it counts as stuck
 * @param failedStarts after how many failed starts in a row a pool that has worked is broken; {@link Integer#MAX_VALUE} for
 *     no limit
 * @param failingTime for how long starts may fail one after the other until a pool that has worked is broken
 * @param lendsWaiters whether threads that wait for a task read messages meanwhile; not if listeners of the user's take
 *     their time on the reading thread
 * @param timeline records which worker ran what when; null for no record
 */
public record DispatchOptions(
    String name,
    int workers,
    int spares,
    int maxTasksPerWorker,
    Duration idleTimeout,
    long maxMemory,
    Duration claimTimeout,
    int failedStarts,
    Duration failingTime,
    boolean lendsWaiters,
    @Nullable TimelineRecorder timeline) {}
