package io.llmplatform.projections.search;

import io.llmplatform.testkit.SearchServer;

class OpenSearchIT extends SearchContract {
    @Override
    String url() {
        return SearchServer.shared().url();
    }
}
