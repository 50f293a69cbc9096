"""Pictures of threads: where labels and lines stand."""

from generator.render.pictures.thread_graph import Node, Placed, ThreadGraph, draw_generations, draw_years


def test_a_line_leads_from_the_left_of_a_label_to_the_right_end_of_what_it_cites() -> None:
    graph = draw_generations(
        [
            {"a": Node(label="07A1", href="a.html", year="2007"), "b": Node(label="08B2", year="2008", is_absent=True)},
            {"here": Node(label="08C3", year="2008", is_here=True)},
            {},
        ],
        [("here", "a"), ("here", "b"), ("here", "not shown")],
    )  # fmt: skip
    assert graph == ThreadGraph(
        width=84,
        height=60,
        edges="M52 41L32 32M52 41L32 50",
        absent="M0 57H29",
        years=(Placed(x=0, y=12, label="2007-2008"), Placed(x=55, y=12, label="2008")),
        nodes=(
            Placed(x=0, y=36, label="07A1", href="a.html"),
            Placed(x=0, y=54, label="08B2"),
            Placed(x=55, y=45, label="08C3", is_here=True),
        ),
    )


def test_a_label_is_cut_and_an_unknown_year_is_not_said() -> None:
    graph = draw_generations([{"a": Node(label="below/a letter of no date")}], [])
    assert graph.years == ()
    assert [node.label for node in graph.nodes] == ["below/a letter of..."]


def test_those_that_cite_a_cable_stand_each_in_a_row_under_its_year() -> None:
    graph = draw_years(
        Node(label="07A1", year="2007"),
        [Node(label="07B2", year="2007"), Node(label="09C3", year="2009"), Node(label="09D4", year="2009")],
    )
    here, *citing = graph.nodes
    assert here.x < min(node.x for node in citing)
    assert [(year.label, year.x) for year in graph.years] == [
        ("2007", here.x),
        ("2007", citing[0].x),
        ("2009", citing[1].x),
    ]
    assert len({node.y for node in citing}) == 3
    assert citing[1].x == citing[2].x
    assert graph.edges.count("M") == 1 + 3
