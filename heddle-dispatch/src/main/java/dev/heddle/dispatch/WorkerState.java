package dev.heddle.dispatch;

/**
 * The states of a worker in its pool.
 *
 * <pre>
 * from             event                                to
 * ---------------  -----------------------------------  ---------------
 * (new)            started for a task                   STARTING
 * (new)            started as a spare                   STARTING_SPARE
 * STARTING_SPARE   needed for a task                    STARTING
 * STARTING_SPARE   reports that it is ready             SPARE
 * STARTING         reports that it is ready             SERVING
 * SPARE            needed for a task                    SERVING
 * any of these     told to end                          LEAVING
 * any but GONE     killed by the dispatcher             CONDEMNED
 * any but GONE     its channel reports that it is gone  GONE
 * </pre>
 *
 * <p>No state is entered twice, and none of the last three is left but for one further down. Only SERVING workers get tasks.
 */
enum WorkerState {
  STARTING, STARTING_SPARE, SPARE, SERVING,
  /** The worker gets no more tasks and ends when it has done those it has. */
  LEAVING,
  /** The worker is being killed. */
  CONDEMNED,
  /** Its channel reported its end. */
  GONE;

  /** Whether the worker gets no more tasks: it is told to end, is being killed, or has ended. */
  boolean isLeaving() {
    return compareTo(LEAVING) >= 0;
  }

  /** Whether it has not reported that it is ready. */
  boolean isStarting() {
    return this == STARTING || this == STARTING_SPARE;
  }

  /** Whether it waits to replace another worker, or will once it is ready. */
  boolean isSpare() {
    return this == SPARE || this == STARTING_SPARE;
  }

  /** Whether it takes tasks, or will once it is ready: it counts towards the pool's number of workers. */
  boolean isActive() {
    return this == STARTING || this == SERVING;
  }

  /** The state after the worker has reported that it is ready. */
  WorkerState ready() {
    return switch (this) {
      case STARTING -> SERVING;
      case STARTING_SPARE -> SPARE;
      case SPARE, SERVING, LEAVING, CONDEMNED, GONE -> this;
    };
  }

  /** The state of a spare worker that is needed for a task. */
  WorkerState hired() {
    return switch (this) {
      case STARTING_SPARE -> STARTING;
      case SPARE -> SERVING;
      case STARTING, SERVING, LEAVING, CONDEMNED, GONE -> this;
    };
  }
}
