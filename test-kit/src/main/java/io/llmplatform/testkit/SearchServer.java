package io.llmplatform.testkit;

import java.util.List;

/** One OpenSearch 3 node. Indexes are shared by the tests of a JVM: use fresh names, or a server of your own. */
public final class SearchServer extends EmbeddedServer {
    private static final ServerProgram PROGRAM = new ServerProgram("search", "512m", List.of());

    private SearchServer(boolean shared) {
        super(PROGRAM, shared);
    }

    /** The one of this JVM, which nobody stops. */
    public static SearchServer shared() {
        return Shared.SERVER;
    }

    /** A server of your own, to stop, kill and restart. */
    public static SearchServer start() {
        return new SearchServer(false);
    }

    /** {@code http://127.0.0.1:PORT}, without a slash at the end. */
    public String url() {
        return "http://127.0.0.1:" + port();
    }

    private static final class Shared {
        static final SearchServer SERVER = new SearchServer(true);
    }
}
