package io.llmplatform.proxy.api;

import io.llmplatform.contracts.json.ContractJson;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The form of embeddings. OpenAI's Node client asks for base64 and decodes blindly, while many servers return lists of
 * numbers whatever they are asked for.
 */
public final class EmbeddingForm {
    private EmbeddingForm() {}

    /** The answer as it is, or with vectors as little-endian float32 in base64 where the request asked for that. */
    public static byte[] honour(ApiRequest request, byte[] answer) {
        if (!request.steering().base64()) {
            return answer;
        }
        try {
            if (!(ContractJson.mapper().readTree(answer) instanceof ObjectNode tree)
                    || !tree.path("data").path(0).path("embedding").isArray()) {
                return answer;
            }
            for (var item : tree.path("data")) {
                if (item instanceof ObjectNode entry && entry.path("embedding").isArray()) {
                    entry.put("embedding", base64(entry.path("embedding")));
                }
            }
            return ContractJson.mapper().writeValueAsBytes(tree);
        } catch (JacksonException e) {
            return answer;
        }
    }

    private static String base64(JsonNode numbers) {
        var vector = new float[numbers.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) numbers.get(i).asDouble();
        }
        return base64(vector);
    }

    /** Little-endian float32. */
    public static String base64(float[] vector) {
        var bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
