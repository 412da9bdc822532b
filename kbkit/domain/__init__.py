"""The programme's vocabulary: tiers and their rule, region codes, stunting, periods, circularity."""
