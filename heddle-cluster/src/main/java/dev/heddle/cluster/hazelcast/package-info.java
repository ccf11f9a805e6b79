/** The engine over Hazelcast: membership and calls; closed for everything else that Hazelcast would accept. */
@NullMarked
package dev.heddle.cluster.hazelcast;

import org.jspecify.annotations.NullMarked;
