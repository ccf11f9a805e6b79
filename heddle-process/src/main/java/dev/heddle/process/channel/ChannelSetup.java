package dev.heddle.process.channel;

import dev.heddle.codec.ClassSupply;
import dev.heddle.codec.EncodedTask;
import dev.heddle.codec.Failures;
import dev.heddle.process.ProcessOptions;
import dev.heddle.process.launch.Launcher;
import dev.heddle.process.launch.WorkerHome;
import dev.heddle.process.launch.WorkerTimeouts;
import org.jspecify.annotations.Nullable;

/**
 * The settings that all channels of a pool share. Immutable.
 *
 * @param name the pool's name
 * @param launcher starts the processes
 * @param home the pool's folder
 * @param initializer what a worker runs before its first task; null for nothing
 * @param classes the classes that workers ask for
 * @param failures decodes the failure of an initializer
 */
public record ChannelSetup(
    String name,
    ProcessOptions options,
    WorkerTimeouts timeouts,
    Launcher launcher,
    WorkerHome home,
    @Nullable EncodedTask initializer,
    ClassSupply classes,
    Failures failures) {}
