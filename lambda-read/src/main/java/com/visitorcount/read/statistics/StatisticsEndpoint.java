package com.visitorcount.read.statistics;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.visitorcount.history.statistics.InvalidQuestionException;
import com.visitorcount.history.statistics.UnreadableItems;
import com.visitorcount.http.Endpoint;
import com.visitorcount.http.HttpRequest;
import com.visitorcount.http.HttpResponse;
import com.visitorcount.http.Metric;
import com.visitorcount.http.ProblemException;
import com.visitorcount.http.ProblemType;
import com.visitorcount.http.QueryParameters;
import com.visitorcount.http.RequestRecord;
import com.visitorcount.page.InvalidPageException;
import com.visitorcount.page.PageId;
import com.visitorcount.page.SiteAliases;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code GET} of one site's statistics: access, parameters, format and caching. */
final class StatisticsEndpoint implements Endpoint {
  /** A question that this endpoint answers. */
  @FunctionalInterface
  interface Question {
    /**
     * Answers it.
     *
     * @param unreadable receives what cannot be read and is left out
     * @throws InvalidQuestionException for an invalid parameter
     */
    Answer answer(QueryParameters query, String site, UnreadableItems unreadable);
  }

  /**
   * An answer.
   *
   * @param csv the same as a table, null if there is none
   * @param maxAgeSeconds how long caches may keep it
   */
  record Answer(JsonNode json, @Nullable Csv csv, int maxAgeSeconds) {}

  /** Without it, Excel mistakes UTF-8 for another encoding. */
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private static final Pattern PART_OF_A_PAGE = Pattern.compile("[/?#]");

  private final String name;
  private final StatisticsAccess access;
  private final SiteAliases aliases;
  private final boolean limitable;
  private final Question question;

  /**
   * @param name name of a file with the answer
   * @param limitable whether the question applies the filters that a key is limited to
   */
  StatisticsEndpoint(
      String name,
      StatisticsAccess access,
      SiteAliases aliases,
      boolean limitable,
      Question question) {
    this.limitable = limitable;
    this.name = requireNonNull(name, "name");
    this.access = requireNonNull(access, "access");
    this.aliases = requireNonNull(aliases, "aliases");
    this.question = requireNonNull(question, "question");
  }

  @Override
  public HttpResponse answer(HttpRequest request, RequestRecord record) {
    request.requireMethod("GET", "HEAD");
    QueryParameters query = request.queryParameters();
    try {
      String site = aliases.site(site(query.first("site_id")));
      if (limitable) {
        access.requireWithin(request, site);
      } else {
        access.require(request, site);
      }
      boolean csv = Choice.is("csv", query.first("format"), "format", "json", "csv");
      UnreadableItems unreadable = new UnreadableItems();
      Answer answer = question.answer(query, site, unreadable);
      Incomplete incomplete = Incomplete.report(unreadable, record);
      sayZone(answer, query);
      incomplete.writeTo(answer.json());
      record.count(Metric.READS);
      record.note("site", site);
      String shared = access.isForEveryone() ? "public" : "private";
      boolean bom = Choice.is("true", query.first("bom"), "bom", "true", "false");
      HttpResponse response =
          csv
              ? table(request, answer.csv(), incomplete, bom ? BYTE_ORDER_MARK : "")
              : HttpResponse.compressedJson(request, answer.json());
      int maxAgeSeconds = incomplete.maxAgeSeconds(answer.maxAgeSeconds());
      return response
          .with(Map.of("cache-control", shared + ", max-age=" + maxAgeSeconds))
          .with(incomplete.headers())
          .unlessUnchanged(request);
    } catch (InvalidQuestionException e) {
      throw new ProblemException(ProblemType.INVALID_QUERY, e.getMessage());
    }
  }

  /** Says which offset replaced an unknown time zone. */
  private static void sayZone(Answer answer, QueryParameters query) {
    ZoneOffset used = Zones.fallback(query);
    if (used != null && answer.json() instanceof ObjectNode json) {
      json.put("timezone", used.equals(ZoneOffset.UTC) ? "UTC" : used.toString());
    }
  }

  /**
   * @param start beginning of the file
   */
  private HttpResponse table(
      HttpRequest request, @Nullable Csv csv, Incomplete incomplete, String start) {
    if (csv == null) {
      throw new InvalidQuestionException("This answer is not a table, so it has no CSV form.");
    }
    String file = incomplete.fileName(name) + ".csv";
    return HttpResponse.compressed(
            request,
            "text/csv; charset=utf-8",
            out -> {
              out.write(start);
              csv.writeTo(out);
            })
        .with(Map.of("content-disposition", "attachment; filename=\"" + file + "\""));
  }

  static String site(@Nullable String id) {
    if (id == null || id.isBlank()) {
      throw new InvalidQuestionException("Give a site, such as site_id=example.com.");
    }
    try {
      // with one of these characters it would be parsed as part of a page
      if (!PART_OF_A_PAGE.matcher(id).find()) {
        return PageId.of(id + "/").site();
      }
    } catch (InvalidPageException e) {
      // reported below
    }
    throw new InvalidQuestionException("A site_id is a host name, as in example.com.");
  }
}
