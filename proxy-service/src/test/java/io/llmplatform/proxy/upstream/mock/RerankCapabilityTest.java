package io.llmplatform.proxy.upstream.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmplatform.proxy.api.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class RerankCapabilityTest {
    private static final String DOCUMENTS =
            "'documents':['nothing here',{'text':'Capital punishment'},'the capital of France','capital France']";

    @Test
    void theBestComesFirstWithItsPlaceInTheRequest() {
        assertThat(rerank("{'query':'capital France'," + DOCUMENTS + "}").toString())
                .isEqualTo(Mock.quotes("{'id':'rerank-mock-r1','model':'m','results':["
                        + "{'index':3,'relevance_score':1.0},{'index':2,'relevance_score':0.95},"
                        + "{'index':1,'relevance_score':0.483333},{'index':0,'relevance_score':0.0}],"
                        + "'usage':{'prompt_tokens':22,'total_tokens':22},"
                        + "'meta':{'billed_units':{'search_units':1}}}"));
    }

    @Test
    void onlyTheTopAndTheirTextsOnDemand() {
        var answer = rerank("{'query':'capital France','top_n':2,'return_documents':true," + DOCUMENTS + "}");
        assertThat(answer.path("results").toString())
                .isEqualTo(Mock.quotes("[{'index':3,'relevance_score':1.0,'document':{'text':'capital France'}},"
                        + "{'index':2,'relevance_score':0.95,'document':{'text':'the capital of France'}}]"));
        assertThat(rerank("{'query':'x','top_n':99," + DOCUMENTS + "}").path("results"))
                .hasSize(4);
    }

    @Test
    void equalsStayInTheirOrder() {
        assertThat(rerank("{'query':'!','documents':['b','a','c']}").path("results"))
                .extracting(result -> result.path("index").asInt())
                .containsExactly(0, 1, 2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'documents':['a']} | query",
                "{'query':'','documents':['a']} | query",
                "{'query':'a'} | documents",
                "{'query':'a','documents':[]} | documents",
                "{'query':'a','documents':'a'} | documents",
                "{'query':'a','documents':[1]} | documents",
                "{'query':'a','documents':[{'title':'a'}]} | documents",
                "{'query':'a','documents':['a'],'top_n':0} | top_n"
            })
    void badInputIsRefused(String body, String param) {
        assertThatThrownBy(() -> rerank(body.strip())).isInstanceOfSatisfying(MockRefusal.class, refusal -> assertThat(
                        refusal.error().param())
                .isEqualTo(param));
    }

    private static JsonNode rerank(String body) {
        return Mock.json(new RerankCapability().answer(Mock.ask(Operation.RERANK, body)));
    }
}
