package io.llmplatform.projections.search;

import io.llmplatform.testkit.ElasticsearchServer;

class ElasticsearchIT extends SearchContract {
    @Override
    String url() {
        return ElasticsearchServer.shared().url();
    }
}
