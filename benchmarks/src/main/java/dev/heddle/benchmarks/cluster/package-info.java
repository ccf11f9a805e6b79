/** The cluster pool beside raw Hazelcast, on nodes in JVMs of their own. */
@NullMarked
package dev.heddle.benchmarks.cluster;

import org.jspecify.annotations.NullMarked;
