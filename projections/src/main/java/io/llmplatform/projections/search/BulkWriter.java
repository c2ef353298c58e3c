package io.llmplatform.projections.search;

import co.elastic.clients.transport.rest5_client.low_level.Request;
import co.elastic.clients.transport.rest5_client.low_level.Response;
import co.elastic.clients.transport.rest5_client.low_level.ResponseException;
import co.elastic.clients.transport.rest5_client.low_level.ResponseListener;
import co.elastic.clients.transport.rest5_client.low_level.Rest5Client;
import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.projections.runtime.TransientFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Bulk requests made of bytes: documents go out as they are, not through the client's object tree. Many documents go as
 * two requests at once, since the server works on one of them with one thread only.
 */
final class BulkWriter {
    private static final int CONFLICT = 409;
    private static final Set<Integer> REFUSED = Set.of(400, 413);
    private static final int REQUESTS_AT_ONCE = 2;
    private static final int FEW = 500;
    private static final ContentType NDJSON = ContentType.create("application/x-ndjson");

    private final Rest5Client client;
    private final String alias;

    BulkWriter(Rest5Client client, String alias) {
        this.client = client;
        this.alias = alias;
    }

    /**
     * @param writeAlias an alias of the index that a document belongs to
     * @throws TransientFailure         when any could not be written for now
     * @throws IllegalArgumentException when one is refused for what it holds, or the request as a whole for one in it
     */
    void write(List<SearchDocument> documents, Function<SearchDocument, String> writeAlias) {
        int part = Math.max(FEW, (documents.size() + REQUESTS_AT_ONCE - 1) / REQUESTS_AT_ONCE);
        var sendings = new ArrayList<Sending>();
        for (int from = 0; from < documents.size(); from += part) {
            var some = documents.subList(from, Math.min(documents.size(), from + part));
            sendings.add(new Sending(some.size(), send(some, writeAlias)));
        }
        // Every answer is awaited before one is looked at: nothing of this batch may arrive after its transaction.
        sendings.forEach(sending -> sending.answer.handle((ok, failure) -> ok).join());
        sendings.forEach(this::check);
    }

    private record Sending(int documents, CompletableFuture<Response> answer) {}

    private CompletableFuture<Response> send(
            List<SearchDocument> documents, Function<SearchDocument, String> writeAlias) {
        var body = new ByteArrayOutputStream(documents.size() * 1500);
        for (var document : documents) {
            body.writeBytes(("{\"index\":{\"_index\":\"" + writeAlias.apply(document) + "\",\"_id\":"
                            + ContractJson.mapper().writeValueAsString(document.id()) + ",\"version\":"
                            + document.version() + ",\"version_type\":\"external\"}}\n")
                    .getBytes(StandardCharsets.UTF_8));
            body.writeBytes(Fingerprint.added(document.body()));
            body.write('\n');
        }
        var request = new Request("POST", "/_bulk");
        request.addParameter("require_alias", "true");
        request.addParameter(
                "filter_path", "errors,items.*._id,items.*.status,items.*.error.type,items.*.error.reason");
        request.setEntity(new ByteArrayEntity(body.toByteArray(), NDJSON));
        var answer = new CompletableFuture<Response>();
        client.performRequestAsync(request, new ResponseListener() {
            @Override
            public void onSuccess(Response response) {
                answer.complete(response);
            }

            @Override
            public void onFailure(Exception exception) {
                answer.completeExceptionally(exception);
            }
        });
        return answer;
    }

    private void check(Sending sending) {
        try (var content = sending.answer.join().getEntity().getContent()) {
            var items = ContractJson.mapper().readTree(content).path("items");
            if (items.size() != sending.documents) {
                throw new TransientFailure("search: bulk write of " + sending.documents + " documents to " + alias
                        + " was answered for " + items.size());
            }
            items.forEach(this::check);
        } catch (JacksonException e) {
            // From a proxy perhaps; it says nothing about the documents.
            throw new TransientFailure("search: bulk write to " + alias + " was not answered in JSON", e);
        } catch (CompletionException e) {
            if (e.getCause() instanceof ResponseException refusal
                    && REFUSED.contains(refusal.getResponse().getStatusCode())) {
                // In smaller parts it turns out which document it was.
                throw new IllegalArgumentException(
                        "search: bulk write to " + alias + " refused: " + refusal.getMessage());
            }
            throw new TransientFailure("search: bulk write to " + alias + " failed", e.getCause());
        } catch (IOException e) {
            throw new TransientFailure("search: bulk write to " + alias + " failed", e);
        }
    }

    private void check(JsonNode item) {
        var result = item.path("index");
        var error = result.path("error");
        int status = result.path("status").asInt(0);
        if (error.isMissingNode() || status == CONFLICT) {
            return;
        }
        var what = "search: " + alias + "/" + result.path("_id").asString("") + ": "
                + error.path("type").asString("");
        var reason = error.path("reason").asString("");
        if (status == 400 && !reason.contains("no write index")) {
            throw new IllegalArgumentException(what + ": " + reason);
        }
        throw new TransientFailure(what + " (" + status + ")");
    }
}
