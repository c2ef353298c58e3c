package io.llmplatform.proxy.upstream;

import io.llmplatform.proxy.route.Target;

/** A way to reach providers of one kind. Belongs to one event loop. */
@FunctionalInterface
public interface Upstream {
    /** The listener is never called before this returns. */
    UpstreamCall call(Target target, UpstreamRequest request, UpstreamListener listener);
}
