package dev.heddle.asyncio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page docs/from-asyncio.md has every public name of Python's asyncio, and names what exists here. */
class FromAsyncioTest {
  /** What {@code asyncio.__all__} of CPython 3.11 and 3.14 list, and the methods of {@code AbstractEventLoop}. */
  private static final String NAMES = """
      ALL_COMPLETED AbstractChildWatcher AbstractEventLoop AbstractEventLoopPolicy AbstractServer Barrier BaseEventLoop BaseProtocol
      BaseTransport BoundedSemaphore BrokenBarrierError BufferedProtocol CancelledError Condition DatagramProtocol DatagramTransport
      DefaultEventLoopPolicy Event EventLoop FIRST_COMPLETED FIRST_EXCEPTION FastChildWatcher FrameCallGraphEntry Future FutureCallGraph
      Handle IncompleteReadError InvalidStateError LifoQueue LimitOverrunError Lock MultiLoopChildWatcher PidfdChildWatcher PriorityQueue
      Protocol Queue QueueEmpty QueueFull QueueShutDown ReadTransport Runner SafeChildWatcher SelectorEventLoop Semaphore
      SendfileNotAvailableError Server StreamReader StreamReaderProtocol StreamWriter SubprocessProtocol SubprocessTransport Task TaskGroup
      ThreadedChildWatcher Timeout TimeoutError TimerHandle Transport WriteTransport all_tasks as_completed capture_call_graph
      create_eager_task_factory create_subprocess_exec create_subprocess_shell create_task current_task eager_task_factory ensure_future
      format_call_graph future_add_to_awaited_by future_discard_from_awaited_by gather get_child_watcher get_event_loop
      get_event_loop_policy get_running_loop iscoroutine iscoroutinefunction isfuture new_event_loop open_connection open_unix_connection
      print_call_graph run run_coroutine_threadsafe set_child_watcher set_event_loop set_event_loop_policy shield sleep start_server
      start_unix_server timeout timeout_at to_thread wait wait_for wrap_future _enter_task _get_running_loop _leave_task _register_task
      _set_running_loop _unregister_task add_reader add_signal_handler add_writer call_at call_exception_handler call_later call_soon
      call_soon_threadsafe close connect_accepted_socket connect_read_pipe connect_write_pipe create_connection create_datagram_endpoint
      create_future create_server create_unix_connection create_unix_server default_exception_handler get_debug get_exception_handler
      get_task_factory getaddrinfo getnameinfo is_closed is_running remove_reader remove_signal_handler remove_writer run_forever
      run_in_executor run_until_complete sendfile set_debug set_default_executor set_exception_handler set_task_factory shutdown_asyncgens
      shutdown_default_executor sock_accept sock_connect sock_recv sock_recv_into sock_recvfrom sock_recvfrom_into sock_sendall
      sock_sendfile sock_sendto start_tls stop subprocess_exec subprocess_shell time
      """;

  private static String page() throws IOException {
    return ReadsDocs.page("from-asyncio.md");
  }

  @Test
  void everyNameOfAsyncio_isThere() throws IOException {
    Set<String> words = Pattern.compile("`[^`]+`").matcher(page()).results()
        .flatMap(code -> Arrays.stream(code.group().split("\\W+"))).collect(Collectors.toSet());
    List<String> missing = Arrays.stream(NAMES.strip().split("\\s+")).filter(name -> !words.contains(name)).toList();
    assertThat(missing).isEmpty();
  }

  @Test
  void everyMethodOfHeddle_thatIsNamed_exists() throws IOException {
    for (Class<?> type : List.of(Asyncio.class, EventLoop.class, Timeout.class, Promise.class, TaskGroup.class, Runner.class,
        Context.class, ContextVar.class, Queue.class, TcpStream.class, TlsStream.class, ByteStream.class, StreamServer.class,
        ListenOptions.class, DatagramEndpoint.class, AsyncGenerator.class, ReceivingGenerator.class,
        LoopOptions.class)) {
      Set<String> known = Arrays.stream(type.getMethods()).map(Method::getName).collect(Collectors.toSet());
      Pattern.compile("\\b" + type.getSimpleName() + "\\.([a-z]\\w*)").matcher(page()).results().map(call -> call.group(1))
          .forEach(
              name -> assertThat(known.contains(name) || name.equals("run")).as(type.getSimpleName() + "." + name).isTrue());
    }
  }
}
